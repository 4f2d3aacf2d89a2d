import type { CardId, CustomerId, TenantId } from '#kit/ids.ts';

/** A card that its holder let us keep. The number is never here: the processor's token stands for it, sealed. */
export interface Card {
  readonly id: CardId;
  readonly tenantId: TenantId;
  readonly customerId: CustomerId;
  /** The processor whose token it is: nobody else can charge it. */
  readonly connector: string;
  readonly brand: string | null;
  /** First six, dots, last two. */
  readonly maskedNumber: string | null;
  /** `MMYY`. */
  readonly expiry: string | null;
  readonly holderName: string | null;
  /** What the holder agreed to by entering the card. */
  readonly consent: string;
  /** Which plans are paid from it once it is kept. */
  readonly takesOver: TakesOver | null;
  readonly createdAt: Date;
  /** When the processor accepted it; null while nobody has entered a card. */
  readonly storedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** The plan it was entered for, or all plans of its holder. */
export type TakesOver = 'one' | 'all';

/** Whether the card may be charged. */
export function isChargeable(card: Pick<Card, 'storedAt' | 'deletedAt'>): boolean {
  return card.storedAt !== null && card.deletedAt === null;
}
