/** The shapes of movements whose outcome nobody knows, and of what a person says of one. */
import Type from 'typebox';
import { closed, operation, page } from './schemas.ts';

export const operations = page(operation);

export const newResolution = closed({
  outcome: Type.Enum(['approved', 'declined'], { description: 'What became of it at the processor' }),
  processorReference: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'The processor’s own reference of the movement; needed where it was approved',
    }),
  ),
  by: Type.String({ minLength: 1, maxLength: 100, description: 'Who looked, as your house names them' }),
  reason: Type.String({ minLength: 1, maxLength: 500, description: 'Where they looked, and what they saw' }),
});
