/** Hooks (facts 6.4). The names of their fields are not published, so these are ours. */
import Type from 'typebox';

const fields = {
  name: Type.Optional(Type.String({ maxLength: 200 })),
  target_url: Type.String({ maxLength: 2_048 }),
  trigger: Type.Integer({ description: '1, 9, 10, 11, 12 or 65' }),
  content_type: Type.Optional(Type.Integer({ description: '1 is a form, and what is usual; 2 is JSON' })),
  department: Type.Optional(
    Type.Union([Type.String({ maxLength: 300 }), Type.Null()], {
      description: 'Address of a department; null is the whole practice',
    }),
  ),
  active: Type.Optional(Type.Boolean()),
};

export const hook = Type.Object(fields);

export const hookChange = Type.Partial(Type.Object(fields));
