import type { ProviderRequest, Report } from '#kit/channel.ts';

/**
 * A delivery report (`id`, `status` and the time), or an SMS that came in (`from`, `message`). 46elks signs neither: the
 * address it was told is the proof, as its documents propose.
 */
export function readReport({ form }: ProviderRequest): Report {
  if (form.status === 'delivered') return { kind: 'delivered' };
  if (form.status === 'failed') return { kind: 'failed', detail: 'the network could not deliver it' };
  if (form.status === undefined && form.from !== undefined)
    return { kind: 'reply', from: form.from, text: form.message ?? '' };
  return { kind: 'progress' };
}
