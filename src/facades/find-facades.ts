import { readdir } from 'node:fs/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallbackRule } from '#core/callbacks/callback.ts';
import type { Core } from '#core/core.ts';
import type { StoredEvent } from '#core/events/event.ts';
import type { Authenticator } from '#core/tenants/authenticate.ts';
import type { Facade } from '../http/facade.ts';

interface FacadeModule {
  readonly facade?: Facade;
  /** Of the same dialect, at an address of its own. */
  readonly eventFacade?: Facade;
  readonly renderCallback?: (event: StoredEvent) => string;
  readonly signCallback?: SignCallback;
  readonly callbackRule?: CallbackRule;
  readonly registerPages?: RegisterPages;
}

/** The headers with which a dialect lets its receivers check a callback's body, beside those all callbacks carry. */
type SignCallback = (core: Core, body: string, key?: string) => Promise<Readonly<Record<string, string>>>;

/** Mounts the pages a façade shows to payers, beside its table. */
type RegisterPages = (
  server: FastifyInstance,
  means: {
    core: Core;
    authenticator: Authenticator;
    /** Counts wrong credentials by address. */
    failures: { exceeded(address: string): boolean };
    unlimited: boolean;
    onInternalError: (error: Error, request: FastifyRequest) => void;
  },
) => Promise<void>;

/** Every façade there is, found by listing this folder: adding one is adding a folder. */
export async function findFacades(): Promise<{
  facades: readonly Facade[];
  pages: readonly RegisterPages[];
  /** Tells an event in the words of the façade it came in by. */
  renderCallback: (dialect: string, event: StoredEvent) => string;
  callbackRule: (dialect: string) => CallbackRule;
  signCallback: (dialect: string, ...signed: Parameters<SignCallback>) => ReturnType<SignCallback>;
}> {
  const entries = await readdir(new URL('.', import.meta.url), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const modules = await Promise.all(
    folders.map(async (name) => (await import(`./${name}/index.ts`)) as FacadeModule),
  );
  const byDialect = <Part>(of: (module: FacadeModule) => Part | undefined): ReadonlyMap<string, Part> =>
    new Map(
      modules.flatMap((module) => {
        const part = of(module);
        return module.facade === undefined || part === undefined ? [] : [[module.facade.name, part] as const];
      }),
    );
  const dialects = byDialect(({ renderCallback }) => renderCallback);
  const rules = byDialect(({ callbackRule }) => callbackRule);
  const signers = byDialect(({ signCallback }) => signCallback);
  return {
    facades: modules.flatMap(({ facade, eventFacade }) => [facade ?? [], eventFacade ?? []].flat()),
    pages: modules.flatMap(({ registerPages }) => registerPages ?? []),
    renderCallback: (dialect, event) => {
      const render = dialects.get(dialect);
      if (render === undefined) throw new Error(`no façade speaks ${dialect}`);
      return render(event);
    },
    callbackRule: (dialect) => rules.get(dialect) ?? {},
    signCallback: async (dialect, ...signed) => signers.get(dialect)?.(...signed) ?? {},
  };
}
