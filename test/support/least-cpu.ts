/** How often work is measured: compiling, collecting and a busy machine can spoil one reading, and hardly all of them. */
const readings = 5;

/**
 * The least CPU time, in ms, that `work` took in a few readings. What an input costs by its nature it costs every time;
 * `process.cpuUsage` also counts the compiler's and collector's threads, which is noise that only adds.
 */
export async function leastCpuMs(work: () => unknown): Promise<number> {
  let leastMs = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < readings; reading += 1) {
    const started = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(started);
    leastMs = Math.min(leastMs, (user + system) / 1_000);
  }
  return leastMs;
}
