import type { FilterColumn } from '#kit/search.ts';
import type { PracticeKind } from './practice.ts';
import { idColumn, ownColumns, textColumn } from './store.ts';

/** What a list of each kind may be filtered and ordered by, by the name the practice system has for it. */
export const practiceColumns = {
  department: { ...ownColumns, name: textColumn('name') },
  user: { ...ownColumns, username: textColumn('username') },
  client: {
    ...ownColumns,
    firstname: textColumn('firstName'),
    lastname: textColumn('lastName'),
    email: textColumn('email'),
    home_department: idColumn('homeDepartmentId'),
  },
  phonenumber: { ...ownColumns, client: idColumn('clientId'), phone_number: textColumn('number') },
  paymentmethod: { ...ownColumns, name: textColumn('name') },
  invoice: {
    ...ownColumns,
    invoice_number: textColumn('number'),
    status: idColumn('status'),
    client: idColumn('clientId'),
    department: idColumn('departmentId'),
  },
} as const satisfies Record<PracticeKind, Readonly<Record<string, FilterColumn>>>;
