import type { Core, Rails } from '#core/core.ts';
import { findPayoutAccount } from '#core/payout-accounts/open-account.ts';
import { claimFiles } from '#core/payout-files/claim-files.ts';
import { cutFile, findDueFilings, toRailAccount } from '#core/payout-files/cut-file.ts';
import type { FilingDue, PayoutFile } from '#core/payout-files/file.ts';
import { findOutstanding, prepareNews } from '#core/payout-files/read-news.ts';
import { recordFiling } from '#core/payout-files/record-filing.ts';
import { recordNews } from '#core/payout-files/record-news.ts';
import { openContent } from '#core/payout-files/seal-content.ts';
import type { Network } from '#kit/connector.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Rail, RailName } from '#kit/rail.ts';

export interface RailMeans {
  readonly rails: ReadonlyMap<RailName, Rail>;
  readonly network: Network;
  /** Told of what a person should look at. */
  readonly alarm: (due: FilingDue, reason: string) => void;
}

/** Accounts, and files, taken up at once. */
const batchSize = 16;

/** Files of one account cut in one go: more of them wait for the next look. */
const maxFiles = 20;

/** The way to banks, printers and card issuers: the only place from which they are called. */
export function createRails(core: () => Core, means: RailMeans): Rails {
  return {
    compose: (name, order) => railOf(means, name).compose(order),
    // What goes wrong here goes wrong again, and is told of, at the next look: what was asked for is committed.
    flush: (tenantId) => filePayouts(core(), means, tenantId).then(ignore, ignore),
  };
}

/** Cuts the files that are due and hands them over, and those whose handover is not known. Answers how many. */
export async function filePayouts(core: Core, means: RailMeans, tenantId?: TenantId): Promise<number> {
  let files = 0;
  for (const due of await findDueFilings(core, batchSize, tenantId)) {
    for (let cut = 0; cut < maxFiles; cut += 1) {
      const file = await cutFile(core, due);
      if (file === undefined) break;
      await handOver(core, means, file);
      files += 1;
    }
  }
  const waiting = await claimFiles(core, batchSize, tenantId);
  for (const file of waiting) await handOver(core, means, file);
  return files;
}

async function handOver(core: Core, means: RailMeans, file: PayoutFile): Promise<void> {
  const account = await findPayoutAccount(core, file.tenantId, file.accountId);
  const content = openContent(core, file);
  if (account === undefined || content === undefined) return;
  const desk = railOf(means, file.rail).open(toRailAccount(core, account), means.network);
  const handover = await desk.handOver({ ...file, content });
  if (handover === 'refused') means.alarm(file, `the bank refused the file ${file.id}`);
  await recordFiling(core, file, handover);
}

/** Asks the banks what became of instruments, and writes it down. Answers how much was new. */
export async function readPayoutNews(core: Core, means: RailMeans, tenantId?: TenantId): Promise<number> {
  let fresh = 0;
  for (const due of await findOutstanding(core, batchSize, tenantId)) {
    const question = await prepareNews(core, due);
    if (question === undefined) continue;
    const desk = railOf(means, due.rail).open(question.account, means.network);
    const news = (await desk.readNews(question.after, question.date)) ?? [];
    fresh += await recordNews(core, due, news);
  }
  return fresh;
}

function ignore(): void {}

function railOf(means: RailMeans, name: RailName): Rail {
  const rail = means.rails.get(name);
  if (rail === undefined) throw new Error(`there is no rail ${name}`);
  return rail;
}
