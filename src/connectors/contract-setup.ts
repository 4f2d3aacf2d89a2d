import type { ConnectorAccount } from '#kit/connector.ts';

/** The one export, named `setup`, of a connector folder's `contract-setup.ts`: how the shared contract test meets it. */
export interface ContractSetup {
  /** An account at the simulator, or of a connector that needs none. */
  account(simulatorUrl: string): ConnectorAccount;
  /** Whether a simulator of its name stands behind it, whose faults it must survive. */
  readonly isOnWire: boolean;
  /** What it moves; AUD where it does not matter. */
  readonly currency?: string;
  /** A code of the processor's with which it declines; 51 of cards. */
  readonly declineCode?: string;
  /** Whether it only takes a movement in, and says by an inquiry what became of it. */
  readonly finishesLater?: true;
  /** Does on the processor's page what a payer does there; the query with which the payer came back. */
  visitPage?(url: string, act: 'pay' | 'pay-and-be-declined' | 'cancel'): Promise<URLSearchParams>;
}
