import type { PracticeFields, PracticeKind } from './practice.ts';

/** An object as it is imported: others are named by their external ids. */
export interface Imported<Kind extends PracticeKind> {
  readonly externalId: string;
  /** What is kept, but for the ids of others. */
  readonly fields: Omit<PracticeFields[Kind], References[Kind]>;
  /** External ids of the others, by the name under which their id is kept. */
  readonly references: Readonly<Record<References[Kind], string | null>>;
}

/** One of whichever kind. */
export type AnyImported = { [Kind in PracticeKind]: Imported<Kind> }[PracticeKind];

/** Under which names each kind keeps ids of others. */
interface References {
  department: never;
  user: never;
  client: 'homeDepartmentId';
  phonenumber: 'clientId';
  paymentmethod: never;
  invoice: 'clientId' | 'departmentId';
}

export type ReferenceName = References[PracticeKind];

/** Of which kind what is kept under a name is, and what an import calls it. */
export const references = {
  homeDepartmentId: { kind: 'department', property: 'homeDepartment' },
  clientId: { kind: 'client', property: 'client' },
  departmentId: { kind: 'department', property: 'department' },
} as const satisfies Record<ReferenceName, { kind: PracticeKind; property: string }>;

/** How many objects of a kind were new, and how many were there before. */
export interface ImportCount {
  readonly created: number;
  readonly updated: number;
}
