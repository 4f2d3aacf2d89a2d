import type { Bench } from './contestant.ts';

/** What the product says of itself: the processor time of all its processes, the memory of the largest. */
export async function readUse({
  urls,
}: Pick<Bench, 'urls'>): Promise<{ cpuSeconds: number; memoryMb: number }> {
  const texts = await Promise.all(urls.map(async (url) => (await fetch(`${url}/metrics`)).text()));
  const read = (name: string) =>
    texts.map((text) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]));
  const cpuSeconds = read('process_cpu_seconds_total').reduce((sum, one) => sum + one, 0);
  return { cpuSeconds, memoryMb: Math.max(...read('process_resident_memory_bytes')) / 1024 ** 2 };
}
