/** Negative controls of the Provet Cloud façade: guards without which an invoice is paid twice, or a stranger reads. */
import type { Mutant } from './mutants.ts';

export const provetCloudMutants: readonly Mutant[] = [
  {
    name: 'provet-cloud-invoice-paid-twice',
    file: 'src/core/links/pay-link.ts',
    find: '    await requireOwed(transaction, link);\n',
    replace: '',
    about: 'Lets every link of an invoice be paid. Two that are out for one bill are two charges.',
    red: {
      file: 'src/facades/provet-cloud/acceptance.test.ts',
      title: 'charges one invoice once, though two links are out for it',
    },
  },
  {
    name: 'provet-cloud-any-amount-due',
    file: 'src/core/postransactions/create-postransaction.ts',
    find: 'amount > dueOf(invoice)',
    replace: 'amount < 0n',
    about: 'Makes links for more than an invoice owes. What was paid is asked for again.',
    red: {
      file: 'src/facades/provet-cloud/acceptance.test.ts',
      title: 'pays its invoice: due falls to nothing, and the payment is found',
    },
  },
  {
    name: 'provet-cloud-any-practice',
    file: 'src/facades/provet-cloud/operations.ts',
    find: "if (request.call.account !== request.params.provet_id) throw notFound('practice');",
    replace: '',
    about: 'Answers under every practice id. An address says that it is of a practice it is not of.',
    red: {
      file: 'src/facades/provet-cloud/postransaction.test.ts',
      title: 'belongs to one practice: to another tenant, or another practice id, it is not found',
    },
  },
  {
    name: 'provet-cloud-card-kept-unasked',
    file: 'src/facades/checkout/translate-keeping.ts',
    find: '(keepsCard.asks && !ticked)',
    replace: 'false',
    about: 'Keeps the card of a payer who was asked and did not agree.',
    red: {
      file: 'src/facades/provet-cloud/keeps-card.test.ts',
      title: 'is not kept where its holder is asked and does not say yes, and the link is paid all the same',
    },
  },
  {
    name: 'provet-cloud-any-answer-arrived',
    file: 'src/facades/provet-cloud/callbacks.ts',
    find: 'isDelivered: (status) => status === 200,',
    replace: '',
    about: 'Takes every 2xx for arrived. A notice that a receiver did not process is never sent again.',
    red: {
      file: 'src/facades/provet-cloud/hooks.test.ts',
      title: 'is told ten times more where 200 is not what it answers, and then no more',
    },
  },
  {
    name: 'provet-cloud-rate-unbounded',
    file: 'src/http/rates.ts',
    find: 'if (waitSeconds > 0) throw rateLimited(waitSeconds);',
    replace: '',
    about: 'Counts what a tenant asks of a route and refuses nothing. One client slows all others down.',
    red: {
      file: 'src/facades/provet-cloud/acceptance.test.ts',
      title: 'may be asked for as often as documented, and then after the seconds it is told',
    },
  },
  {
    name: 'provet-cloud-strangers-postransaction',
    file: 'src/core/postransactions/store.ts',
    find: 'where p.tenant_id = $1 and p.id = $2`',
    replace: 'where $1::uuid is not null and p.id = $2`',
    about:
      'Finds a post-transaction by its number alone, and numbers can be guessed: practices read each other’s.',
    red: {
      file: 'src/facades/provet-cloud/acceptance.test.ts',
      title: 'and all that it points at is not found by another practice, on every route',
    },
  },
  {
    name: 'provet-cloud-strangers-token-revoked',
    file: 'src/core/tenants/store.ts',
    find: 'where tenant_id = $1 and credential_id = $2 and digest = $3',
    replace: 'where $1::uuid is not null and $2::uuid is not null and digest = $3',
    about: 'Ends a token for whoever has it, be it another practice’s client.',
    red: {
      file: 'src/facades/provet-cloud/tokens.test.ts',
      title: 'is not ended by another client, who cannot tell it from one that never was',
    },
  },
  {
    name: 'grant-verifier-unchecked',
    file: 'src/core/grants/redeem-code.ts',
    find: '    if (!answersChallenge(grant.challenge, shown.verifier)) return undefined;\n',
    replace: '',
    about: 'Takes any verifier: whoever catches a code on its way has the tokens.',
    red: {
      file: 'src/core/grants/grants.test.ts',
      title: 'a code is worth tokens for a minute, to its own client, redirect URI and verifier',
    },
  },
  {
    name: 'grant-code-used-twice',
    file: 'src/core/grants/redeem-code.ts',
    find: 'if (grant.redeemedAt !== null) {',
    replace: 'if (grant.redeemedAt !== null && grant.revokedAt !== null) {',
    about: 'Gives tokens for a code again, and again.',
    red: {
      file: 'src/core/grants/grants.test.ts',
      title: 'a code that comes a second time ends all that the first has got',
    },
  },
  {
    name: 'grant-redirect-unchecked',
    file: 'src/core/grants/redeem-code.ts',
    find: ' || grant.redirectUri !== shown.redirectUri',
    replace: '',
    about: 'Gives tokens for a code whoever was sent back with it, and where to.',
    red: {
      file: 'src/core/grants/grants.test.ts',
      title: 'a code is worth tokens for a minute, to its own client, redirect URI and verifier',
    },
  },
  {
    name: 'grant-refresh-used-twice',
    file: 'src/core/grants/refresh-access.ts',
    find: 'if (grant.usedAt !== null) {',
    replace: 'if (grant.usedAt !== null && grant.revokedAt !== null) {',
    about: 'Lets a refresh token be exchanged again: whoever has copied one keeps the access.',
    red: {
      file: 'src/core/grants/grants.test.ts',
      title: 'a refresh token is exchanged once in thirty days; brought again, it ends the whole grant',
    },
  },
];
