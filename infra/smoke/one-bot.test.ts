import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice } from '../test/office.ts';

describe('only Telegram', () => {
  const people = {
    carmen: { name: 'Carmen Vlad', phone: 7001 },
    ioana: { name: 'Ioana Marin', phone: 7002 },
    mihai: { name: 'Mihai Dobre', phone: 7003 },
    oksana: { name: 'Оксана Кравченко', phone: 7004, language: 'uk' },
  } as const;
  let office: TestOffice<keyof typeof people>;
  beforeAll(async () => {
    office = await openTestOffice({ people, chats: ['telegram'] });
    await office.opens('carmen', (await office.invited('supervisor', 'carmen')).code);
    const ioana = await office.invited('coordinator', 'ioana');
    await office.opens('ioana', ioana.code);
    await office.opens('mihai', (await office.invited('technician', 'mihai', ioana.personId)).code);
    await openCase();
  });
  afterAll(() => office.stop());

  it('an alert is taken, read, decided and closed on the phone', async () => {
    await office.says('mihai', '🚨 Alertă');
    await office.taps('mihai', 'Abuz');
    await office.taps('mihai', 'Оксана Кравченко');
    await office.says('mihai', 'Vânătăi noi pe brațe.');
    expect(office.heard('ioana').at(-1)).toContain('A-101');
    await office.taps('ioana', 'Preiau');
    expect(office.sees('mihai')).toContain('Preluată: Ioana Marin');
    await office.taps('ioana', 'Citesc');
    expect(office.heard('ioana').at(-1)).toContain('Vânătăi noi pe brațe.');
    await office.taps('ioana', 'Am decis');
    await office.says('ioana', 'Am sunat la DGASPC.');
    await office.taps('ioana', 'Închid');
    await office.says('ioana', 'Copilul este la bunici.');
    expect(office.sees('mihai')).toContain('ÎNCHISĂ');
  });

  it('a visit report is written, returned, corrected and validated', async () => {
    await office.says('mihai', '📝 Notă nouă');
    await office.taps('mihai', 'Оксана Кравченко');
    await office.taps('mihai', 'Acum');
    await office.taps('mihai', 'Persoana și familia');
    await office.says('mihai', 'Casa este curată.');
    await office.taps('mihai', 'Sar peste');
    await office.taps('mihai', 'Sar peste');
    office.heard('ioana');
    await office.taps('mihai', 'Trimit la validare');
    expect(office.heard('ioana').join()).toContain('Notă de validat');
    await office.taps('ioana', 'Returnez');
    await office.says('ioana', 'Cine era de față?');
    expect(office.heard('mihai').join()).toContain('returnată');
    await office.taps('mihai', 'Merg la comentariu');
    await office.taps('mihai', 'Trimit la validare');
    // Here and below: a second message to a colleague about the same case within two minutes waits for them (`delivery.md` 5).
    await office.forward(2);
    await office.taps('ioana', 'Validez');
    expect(office.heard('mihai').join()).toContain('este validată');
  });

  it('a meeting is booked by words and confirmed in one tap', async () => {
    await office.says('ioana', '📁 Cazurile mele');
    await office.taps('ioana', 'Detalii');
    await office.taps('ioana', 'Programare nouă');
    await office.says('ioana', `${office.inAWeek().toLocaleString('ro-RO')}, 10:30`);
    await office.taps('ioana', 'La sediu');
    await office.taps('ioana', 'Sar peste');
    await office.taps('ioana', 'Da');
    office.heard('oksana');
    await office.taps('ioana', 'Fac programarea');
    expect(office.heard('oksana').join()).toContain('10:30');
    office.heard('ioana');
    await office.taps('oksana', 'Прийду');
    await office.forward(2);
    expect(office.heard('ioana').join()).toContain('Programare confirmată · C-11');
    office.heard('oksana');
  });

  it('an absence is noted by its days, without hours', async () => {
    await office.says('ioana', '☰ Mai multe');
    await office.taps('ioana', 'Absența mea');
    await office.says('ioana', 'mâine');
    await office.says('ioana', 'poimâine');
    await office.taps('ioana', 'Carmen Vlad');
    const two = [1, 2].map((days) => office.now().toPlainDate().add({ days }).day);
    expect(office.heard('ioana').join('\n')).toContain('Am notat. Alertele și mesajele vin la: Carmen Vlad.');
    expect(office.heard('carmen').join()).toMatch(
      new RegExp(`Cui: Ioana Marin\\. De la ${two[0]} .* până la ${two[1]} `),
    );
  });

  it('a message is read and answered', async () => {
    await office.says('oksana', '💬 Написати нам');
    await office.says('oksana', 'Чи можна прийти з донькою?');
    await office.forward(2);
    const buzzed = office.heard('ioana').join();
    expect(buzzed).toContain('C-11');
    expect(buzzed).not.toContain('донькою');
    await office.taps('ioana', 'Citesc');
    expect(office.heard('ioana').join()).toContain('донькою');
    await office.taps('ioana', 'Răspund');
    await office.says('ioana', 'Так, приходьте разом.');
    expect(office.heard('oksana').join()).toContain('Так, приходьте разом.');
  });

  async function openCase(): Promise<void> {
    await office.says('ioana', '☰ Mai multe');
    await office.taps('ioana', 'Persoană nouă');
    await office.says('ioana', 'Оксана Кравченко');
    await office.taps('ioana', 'Sar peste');
    await office.says('ioana', '1984');
    await office.taps('ioana', 'Українська');
    await office.says('ioana', 'AR-07');
    await office.taps('ioana', 'Mihai Dobre');
    office.heard('ioana');
    await office.taps('ioana', 'Deschid cazul');
    await office.opens('oksana', /\?start=(\w{10})/.exec(office.heard('ioana').join())?.[1]);
    await office.says('oksana', '1984');
  }
});

describe('only Slack', () => {
  const people = {
    ioana: { name: 'Ioana Marin', desk: 'U0IOANA' },
    andrei: { name: 'Andrei Stan', desk: 'U0ANDREI' },
    mihai: { name: 'Mihai Dobre', desk: 'U0MIHAI' },
    carmen: { name: 'Carmen Vlad', desk: 'U0CARMEN' },
  } as const;
  let office: TestOffice<keyof typeof people>;
  beforeAll(async () => {
    office = await openTestOffice({ people, chats: ['slack'] });
    const ioana = await office.invited('coordinator', 'ioana');
    await comes('ioana', ioana.code);
    await comes('andrei', (await office.invited('coordinator', 'andrei')).code);
    await comes('mihai', (await office.invited('technician', 'mihai', ioana.personId)).code);
  });
  afterAll(() => office.stop());

  it('a technician raises an alert in one window; it is taken and handed over', async () => {
    await office.tapsAtHome('mihai', 'Alertă');
    expect(office.window('mihai')).toContain('112');
    await office.fills('mihai', { level: 'life', case: 'Nu este în evidență', observed: 'Un om zace pe trotuar.' });
    expect(office.heard('mihai').join()).toContain('A-101');
    expect(office.heard('ioana').at(-1)).toContain('A-101');
    expect(office.home('ioana')).toContain('A-101');
    await office.taps('ioana', 'Preiau');
    expect(office.sees('mihai')).toContain('Preluată: Ioana Marin');
    await office.taps('ioana', 'Predau');
    await office.fills('ioana', { to: 'Andrei Stan' });
    await office.taps('andrei', 'Preiau');
    expect(office.heard('andrei').at(-1)).toContain('Alerta nr. A-101 este la dumneavoastră.');
    expect(office.sees('mihai')).toContain('Preluată: Andrei Stan');
    await office.taps('andrei', 'Citesc');
    expect(office.window('andrei')).toContain('Un om zace pe trotuar.');
  });

  it('what is behind ☰ and the roster open in windows of their own, one on top of the other', async () => {
    await office.tapsAtHome('ioana', 'Mai multe');
    await office.tapsInWindow('ioana', 'Echipa mea');
    expect(office.window('ioana')).toContain('Mihai Dobre · tehnician · are acces');
    await office.tapsAtHome('andrei', 'Gardă');
    expect(office.window('andrei')).toContain('Acum nu este nimeni de gardă.');
    expect(office.window('andrei')).not.toContain('Citesc alerta');
  });

  it('a code sent as a message links too', async () => {
    await office.says('carmen', (await office.invited('supervisor', 'carmen')).code);
    expect(office.heard('carmen').join()).toContain('Rolul dumneavoastră: șef de serviciu.');
    await office.opens('carmen');
    expect(office.home('carmen')).toContain('A-101');
  });

  async function comes(id: keyof typeof people, code: string): Promise<void> {
    await office.opens(id);
    await office.tapsAtHome(id, 'Scriu codul');
    await office.fills(id, { code });
    office.heard(id);
  }
});
