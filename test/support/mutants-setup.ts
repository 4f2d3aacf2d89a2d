/** The controls of how a tenant is made ready to take money. */
import type { Mutant } from './mutants.ts';

export const setupMutants: readonly Mutant[] = [
  {
    name: 'account-replaced-while-open',
    file: 'src/core/operations/require-none-open.ts',
    find: 'if (!(await selectAnyOpen(queryable, tenantId, connector))) return;',
    replace: 'if (connector !== tenantId) return;',
    about:
      'Lets go of an account any time. Without the check the next one has no record of a payment, and it counts as failed.',
    red: {
      file: 'src/facades/native/setup.test.ts',
      title: 'an account that open payments are to be asked about at is neither replaced nor forgotten',
    },
  },
  {
    name: 'account-changed-beside-intents',
    file: 'src/core/tenants/store.ts',
    find: 'from tenants where id = $1 for update`',
    replace: 'from tenants where id = $1 for no key update`',
    about:
      'Lets an account go while a refund at it is being written. The refund is then asked about where nobody knows it.',
    needs: 'postgresql',
    red: {
      file: 'test/races/account-change.test.ts',
      title: 'an account is not replaced in the instant in which a refund at it is being written',
    },
  },
  {
    name: 'live-without-tls',
    file: 'src/core/tenants/set-up-connector.ts',
    find: "mode === 'live' && !known.secret",
    replace: 'false',
    about:
      'Speaks to a processor in the clear. Without the check passwords and payments are read on the way.',
    red: {
      file: 'src/facades/native/setup.test.ts',
      title: 'a live tenant’s processor is spoken to over TLS alone',
    },
  },
  {
    name: 'live-on-the-dummy',
    file: 'src/core/tenants/set-up-connector.ts',
    find: "described.testOnly === true && call.tenant.mode === 'live'",
    replace: 'false',
    about: 'Serves anybody by any connector. Without the check a live link counts as paid and nobody paid.',
    red: {
      file: 'src/facades/native/setup.test.ts',
      title: 'a live tenant is never served by a connector behind which no money moves',
    },
  },
  {
    name: 'account-secrets-shown',
    file: 'src/core/tenants/read-connectors.ts',
    find: 'field.secret ? null : value',
    replace: 'value',
    about: 'Shows an account as it is kept. Without the check any key of the tenant reads its passwords.',
    red: {
      file: 'src/facades/native/setup.test.ts',
      title: 'an account at a processor is set up, shown without its secrets, changed and forgotten',
    },
  },
  {
    name: 'answer-without-end',
    file: 'src/network.ts',
    find: 'if (size <= maxBytes) return;',
    replace: 'if (size <= maxBytes * 1e9) return;',
    about: 'Reads whatever a processor sends. Without the check one that never ends fills the memory.',
    red: {
      file: 'src/network.test.ts',
      title: 'reads no more of an answer than it was told to',
    },
  },
];
