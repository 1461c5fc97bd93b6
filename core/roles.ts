/** Who talks to the bots (domain 1). `stranger` has no linked account, `system` is a due timer or the command line. */
export const personRoles = [
  'beneficiary',
  'guardian',
  'technician',
  'coordinator',
  'partner',
  'supervisor',
  'admin',
] as const;
export type PersonRole = (typeof personRoles)[number];

/** Every role a permission knows. */
export const roles = [...personRoles, 'stranger', 'system'] as const;
export type Role = (typeof roles)[number];

/** Roles of people who work for the office. */
export const staffRoles = ['technician', 'coordinator', 'supervisor', 'admin'] as const satisfies readonly PersonRole[];

/** Whether a role belongs to the office. */
export const isStaff = (role: Role): boolean => (staffRoles as readonly Role[]).includes(role);

/** The two chats. */
export const channels = ['telegram', 'slack'] as const;
export type Channel = (typeof channels)[number];
