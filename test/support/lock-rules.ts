/** What package-lock.json must promise about everything that `npm ci` brings in. */
interface LockEntry {
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}

/** Every broken promise of a lockfile (its text), naming the package. */
export function lockFaults(lockfile: string): string[] {
  const { packages }: { packages: Record<string, LockEntry> } = JSON.parse(lockfile);
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .flatMap(([path, entry]) => [
      ...(entry.hasInstallScript === true && entry.dev !== true
        ? [`${path} runs a script when it is installed`]
        : []),
      ...(entry.integrity === undefined ? [`${path} has no integrity hash`] : []),
    ]);
}
