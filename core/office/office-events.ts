export type OfficeEvents = {
  /** A start found another name, phone, or chat than the last one. */
  'office.introduced': { fields: string[] };
};
