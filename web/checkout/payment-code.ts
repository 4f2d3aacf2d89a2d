import { formatDecimal } from '#kit/money.ts';
import type { InvoiceView } from './view.ts';

/**
 * What a banking app reads off an invoice, where there is an open format for it: the EPC's (EPC069-12) for euro to an IBAN,
 * UsingQR's for everything else. Undefined where the account has no number that either can say.
 */
export function paymentCode(view: InvoiceView): string | undefined {
  const { iban } = view.bank.account;
  if (view.total.currency === 'EUR' && iban !== undefined) return epcCode(view, iban);
  return usingQrCode(view);
}

/** Version 002, one field a line; the number goes where any text may, for it is no ISO 11649 reference. */
function epcCode({ bank, seller, total }: InvoiceView, iban: string): string {
  const fields = [
    'BCD',
    '002',
    '1',
    'SCT',
    bank.account.bic ?? '',
    seller.name.slice(0, 70),
    iban.replaceAll(' ', ''),
    `EUR${formatDecimal(total)}`,
    '',
    '',
    bank.reference,
  ];
  return fields.join('\n');
}

/** UsingQR 1: an invoice (`tp` 1) with its number, days, amount and where to pay it. The amount is written exactly. */
function usingQrCode({ bank, seller, total, issuedOn, dueDate }: InvoiceView): string | undefined {
  const { bankgiro, iban } = bank.account;
  const payTo =
    bankgiro === undefined
      ? iban && { pt: 'IBAN', acc: iban.replaceAll(' ', ''), bc: bank.account.bic }
      : { pt: 'BG', acc: bankgiro };
  if (!payTo) return undefined;
  const text = JSON.stringify({
    uqr: 1,
    tp: 1,
    nme: seller.name,
    cid: seller.organizationNumber,
    iref: bank.reference,
    idt: issuedOn.replaceAll('-', ''),
    ddt: dueDate?.replaceAll('-', ''),
    due: 0,
    cur: total.currency,
    ...payTo,
  });
  return text.replace('"due":0', `"due":${formatDecimal(total)}`);
}
