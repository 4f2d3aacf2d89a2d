/** The shapes of the event API: optum-create-body.md, section 5. */
import Type from 'typebox';
import { eventNames } from './event-names.ts';
import { optionalBody } from './schemas.ts';

export const subscribe = Type.Object({
  url: Type.String({ minLength: 1, maxLength: 2_048, description: 'https' }),
  eventNames: Type.Array(Type.Enum(eventNames), { minItems: 1, maxItems: 100 }),
  auth: Type.Object({
    apiKey: Type.Object({
      key: Type.String({ minLength: 1, maxLength: 512, description: 'Signs what is sent; never answered' }),
    }),
  }),
});
export const nothing = optionalBody({});

export const subscriptionParams = Type.Object({ id: Type.String() });
export const missedParams = Type.Object({ id: Type.String(), eventId: Type.String() });

export const subscription = Type.Object({
  id: Type.String({ description: '32 hexadecimal digits' }),
  url: Type.String(),
  eventNames: Type.Array(Type.String()),
  status: Type.Enum(['active', 'open'], { description: '`open`: the circuit is open, events are missed' }),
  createdAt: Type.String({ format: 'date-time' }),
});
export const subscriptions = Type.Object({ data: Type.Array(subscription) });

export const missedEvents = Type.Object({
  data: Type.Array(
    Type.Object({
      id: Type.String(),
      eventName: Type.String(),
      subscriptionId: Type.String(),
      eventPayload: Type.String({ description: 'The envelope, as text' }),
      failurePayload: Type.String({ description: 'Why it was missed, as text' }),
    }),
  ),
});
