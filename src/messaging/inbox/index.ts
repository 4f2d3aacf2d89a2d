/** The demo's letter box: the message that is written down is the message that has arrived. Nothing leaves the house. */
import type { Channel } from '#kit/channel.ts';

export const channel: Channel = {
  name: 'inbox',
  media: ['sms', 'email'],
  settingFields: [],
  open: () => ({
    send: async ({ id }) => ({ kind: 'accepted', providerReference: id, delivered: true }),
  }),
};
