import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds: from a cached read to a processor's time-out. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export type Metrics = ReturnType<typeof createMetrics>;

/** What the installation tells a Prometheus. Labels are names from tables of ours, never ids or input. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'quittance_http_request_seconds',
      help: 'Time to answer a request, by façade, route and status.',
      labelNames: ['facade', 'method', 'route', 'status'],
      buckets,
      registers,
    }),
    connectorCalls: new Histogram({
      name: 'quittance_connector_call_seconds',
      help: 'Time a processor took, by connector, call and outcome.',
      labelNames: ['connector', 'call', 'outcome'],
      buckets,
      registers,
    }),
    callbacks: new Counter({
      name: 'quittance_callback_deliveries_total',
      help: 'Callback deliveries, by how they ended.',
      labelNames: ['outcome'],
      registers,
    }),
    workErrors: new Counter({
      name: 'quittance_work_errors_total',
      help: 'Looks for due work that ended in an error, by kind of work.',
      labelNames: ['kind'],
      registers,
    }),
    alarms: new Counter({
      name: 'quittance_alarms_total',
      help: 'Operations whose outcome stayed unknown beyond the inquiry budget, and failed refunds that nobody waits for.',
      labelNames: ['connector'],
      registers,
    }),
    auditFailures: new Gauge({
      name: 'quittance_audit_failing_rows',
      help: 'Rows that break an invariant, by invariant, at the last audit.',
      labelNames: ['check'],
      registers,
    }),
    auditedAt: new Gauge({
      name: 'quittance_audit_last_run_timestamp_seconds',
      help: 'When the audit last ran.',
      registers,
    }),
    nextAuditAt: new Gauge({
      name: 'quittance_audit_next_run_timestamp_seconds',
      help: 'When the audit runs next.',
      registers,
    }),
  };
}
