/** The environment is not usable; the message lists every fault. */
export class ConfigFault extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      [
        'The settings cannot be used:',
        ...faults.map((fault) => `  - ${fault}`),
        'What each one means: .env.example',
      ].join('\n'),
    );
    this.name = 'ConfigFault';
    this.faults = faults;
  }
}
