/** Negative controls of claims: guards without which somebody else pays, or reads what is not theirs. */
import type { Mutant } from './mutants.ts';

export const claimMutants: readonly Mutant[] = [
  {
    name: 'document-context-ignored',
    file: 'src/core/uploads/upload.ts',
    find: 'return `upload:',
    replace: "if (upload.id !== '') return 'upload';\n  return `upload:",
    about: 'Binds documents to nothing. Two documents change places, and nobody notices.',
    red: {
      file: 'src/core/uploads/uploads.test.ts',
      title: 'does not open in another’s place, as another type, or for another claim, key and all',
    },
  },
  {
    name: 'code-tries-uncounted',
    file: 'src/core/claims/verify-code.ts',
    find: 'latest.wrongTries + 1,',
    replace: 'latest.wrongTries,',
    about: 'Counts no wrong tries. Six digits are guessed while they last.',
    red: {
      file: 'src/facades/hihealth/checkout.test.ts',
      title: 'does not open with a wrong code, nor with the right one after five wrong ones',
    },
  },
  {
    name: 'token-signature-unchecked',
    file: 'src/facades/hihealth/token.ts',
    find: 'if (!keys.some((key) => isSignedBy(key, message, raw))) return undefined;',
    replace: 'if (!keys.some((key) => isSignedBy(key, message, raw) || raw.length > 0)) return undefined;',
    about: 'Takes any token that looks like one. Whoever knows an id opens its checkout.',
    red: {
      file: 'src/facades/hihealth/hihealth.test.ts',
      title: 'opens the checkout only unchanged: not with another header, payload, signature, or none',
    },
  },
  {
    name: 'uploads-unbounded',
    file: 'src/kit/turns.ts',
    find: 'if (free > 0) {',
    replace: 'if (atOnce > 0) {',
    about: 'Takes in every document at once. Two hundred of them fill the memory and time out one another.',
    red: {
      file: 'src/kit/turns.test.ts',
      title:
        'let so many work at once, the others in the order of asking, and refuse who would wait too long',
    },
  },
  {
    name: 'denied-money-kept-untold',
    file: 'src/core/payments/find-kept-money.ts',
    find: "return claim?.status === 'denied' ?",
    replace: "return claim?.status === 'initial' ?",
    about:
      'Keeps quiet when the refund of a denied claim fails. The payer was promised it, and nobody looks.',
    red: {
      file: 'src/facades/hihealth/checkout.test.ts',
      title: 'who is denied and does not get the money back is looked after by a person, who is told',
    },
  },
  {
    name: 'pepper-of-the-master-key',
    file: 'src/core/master-keys/open-pepper.ts',
    find: 'if (kept !== undefined) return tryOpen(core.keyring, kept, context);',
    replace: "if (kept !== undefined) return deriveKey(masterKeys[0] ?? Buffer.alloc(32), 'credentials');",
    about:
      'Derives the key of digests from the master key. After a change of it nobody’s credentials are known.',
    red: {
      file: 'src/core/master-keys/master-keys.test.ts',
      title:
        'goes unnoticed by callers, payers and cards: the new key alone opens all that the old one sealed',
    },
  },
  {
    name: 'resealed-over-newer',
    file: 'src/core/master-keys/store.ts',
    find: '= given.was returning 1`',
    replace: 'is distinct from given.now returning 1`',
    about: 'Writes back what was read, whatever is there by now. A processor’s new password is lost.',
    red: {
      file: 'src/core/master-keys/master-keys.test.ts',
      title:
        'writes nothing over what is written meanwhile, and leaves the pepper where something does not open',
    },
  },
];
