/** What the rows about hooks do. */
import type { Static } from 'typebox';
import { changeHook } from '#core/hooks/change-hook.ts';
import { createHook } from '#core/hooks/create-hook.ts';
import type { Hook, HookFields, HookTrigger } from '#core/hooks/hook.ts';
import { hookColumns, listHooks, readHook } from '#core/hooks/read-hooks.ts';
import { removeHook } from '#core/hooks/remove-hook.ts';
import { requireCallbackUrl } from '#core/tenants/check-urls.ts';
import type { Route, RouteRequest } from '#http/facade.ts';
import { localInstant } from '#kit/calendar.ts';
import { invalid } from '#kit/errors.ts';
import { expose } from './expose.ts';
import type { hookChange } from './hook-schemas.ts';
import { hyperlinksFor } from './hyperlinks.ts';
import { idOf, toPage } from './page.ts';
import { findAt } from './read-body.ts';
import { readSearch } from './read-search.ts';

type Handle = Route['handle'];

/** The documented numbers of what can happen here; the vendor's others ring for what we do not keep. */
const triggers = {
  client: 1,
  invoice: 9,
  'invoice-draft': 10,
  invoicepayment: 11,
  unallocatedpayment: 12,
  phonenumber: 65,
} as const satisfies Record<HookTrigger, number>;

const contentTypes = { form: 1, json: 2 } as const satisfies Record<Hook['contentType'], number>;

const usual: Pick<HookFields, 'name' | 'departmentId' | 'contentType' | 'active'> = {
  name: '',
  departmentId: null,
  contentType: 'form',
  active: true,
};

export const getHooks: Handle = async (request) => {
  const search = readSearch(request.query, hookColumns);
  const { count, objects } = await listHooks(request.core, request.call.tenant, search);
  const written = objects.map((hook) => writeHook(hook, request));
  return { body: toPage(request, search, count, await expose(request, 'hook', written)) };
};

export const getHook: Handle = async (request) => {
  const { body } = await answer(request, idOf(request));
  const [shown] = await expose(request, 'hook', [body]);
  return { body: shown };
};

export const postHook: Handle = async (request) => {
  const fields = { ...usual, ...(await readHookBody(request)) } as HookFields;
  const { result, replayed } = await createHook(request.core, request.call, fields);
  return { ...(await answer(request, BigInt(result.id))), replayed };
};

export const putHook: Handle = async (request) =>
  change(request, { ...usual, ...(await readHookBody(request)) });

export const patchHook: Handle = async (request) => change(request, await readHookBody(request));

export const deleteHook: Handle = async (request) => {
  const { replayed } = await removeHook(request.core, request.call, idOf(request));
  return { replayed };
};

async function change(request: RouteRequest, fields: Partial<HookFields>) {
  const { replayed } = await changeHook(request.core, request.call, idOf(request), fields);
  return { ...(await answer(request, idOf(request))), replayed };
}

async function answer(request: RouteRequest, id: bigint) {
  return { body: writeHook(await readHook(request.core, request.call.tenant, id), request) };
}

/** What is given of a hook; what is not stays out. An address we may not send to is refused here, and at each sending. */
async function readHookBody(request: RouteRequest): Promise<Partial<HookFields>> {
  const {
    name,
    target_url: url,
    trigger,
    content_type: contentType,
    department,
    active,
  } = request.body as Static<typeof hookChange>;
  const { core, call } = request;
  return {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url: requireCallbackUrl(core, call.tenant, 'target_url', url) }),
    ...(trigger === undefined ? {} : { trigger: nameOf(triggers, trigger, 'trigger') }),
    ...(contentType === undefined ? {} : { contentType: nameOf(contentTypes, contentType, 'content_type') }),
    ...(department === undefined
      ? {}
      : {
          departmentId:
            department === null ? null : (await findAt(request, 'department', 'department', department)).id,
        }),
    ...(active === undefined ? {} : { active }),
  };
}

function nameOf<Name extends string>(
  numbers: Readonly<Record<Name, number>>,
  number: number,
  property: string,
): Name {
  const found = (Object.keys(numbers) as Name[]).find((name) => numbers[name] === number);
  if (found === undefined) throw invalid(property, 'invalid_enum', `"${number}" is not a valid choice.`);
  return found;
}

function writeHook(hook: Hook, request: RouteRequest): Record<string, unknown> {
  const links = hyperlinksFor(request);
  const { zone } = request.call.tenant;
  return {
    id: Number(hook.id),
    url: links.to('hook', hook.id),
    name: hook.name,
    target_url: hook.url,
    trigger: triggers[hook.trigger],
    content_type: contentTypes[hook.contentType],
    department: hook.departmentId === null ? null : links.to('department', hook.departmentId),
    active: hook.active,
    created: localInstant(hook.createdAt, zone),
    modified: localInstant(hook.modifiedAt, zone),
  };
}
