// biome-ignore-all lint/performance/useDomNodeTextContent: innerText of playwright reads what is shown, hidden words left out.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openBrowser } from '../../test/browser.ts';
import type { PhoneState } from '../shapes.ts';
import { at, bot, phone, says } from './fixture/make.ts';
import type { Situation } from './fixture/sample.ts';
import { tryPage } from './try.ts';

/** `city.md` 5-7 and 10, on sample states: drawing, keyboard, what survives, what fits, what axe finds. */

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser?.close());

type Wishes = { width?: number; height?: number; query?: string };

/** The page on a situation. Any console error, page error or foreign request fails the test. */
async function open(situation: Situation, { width = 1600, height = 1000, query = '' }: Wishes = {}) {
  const { city, url, close } = await tryPage(situation);
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce', locale: 'ro-RO' });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('console', (line) => void (line.type() === 'error' && wrong.push(line.text())));
  page.on('pageerror', (error) => void wrong.push(error.message));
  page.on(
    'request',
    (request) => void (request.url().startsWith(url) || request.url().startsWith('data:') || wrong.push(request.url())),
  );
  onTestFinished(async () => {
    await context.close();
    await close();
    expect(wrong).toEqual([]);
  });
  await page.goto(`${url}/?theme=light&language=ro${query}`);
  await page.waitForSelector('.phone, .workspace');
  return { page, city };
}

const openChannel = (page: Page) => page.locator('[data-place="C1"]').click();

describe('drawing', () => {
  test('three phones and the workspace stand on a wide stage, each a region named after its owner', async () => {
    const { page } = await open('alert', { query: '&desk=andrei' });
    for (const name of [
      'Telefon: Оксана Кравченко',
      'Telefon: Elena Munteanu',
      'Telefon: Mihai Dobre',
      'Biroul echipei: Andrei Stan',
    ]) {
      expect(await page.getByRole('region', { name }).count()).toBe(1);
    }
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Punte · Місток');
    expect(await page.locator('.phone-place').count()).toBe(3);
  });

  test('the ids that are shown are those of the state', async () => {
    const { page, city } = await open('alert');
    for (const id of ['oksana', 'elena', 'mihai']) {
      const shown = await page
        .locator(`[data-phone="${id}"] [data-ref]`)
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-ref')));
      expect(shown).toEqual(city.shown.phones[id]?.messages.map((message) => `telegram:${id}:${message.id}`));
    }
  });

  test('an alert card says its state in words, its number and place, and what can be pressed', async () => {
    const { page } = await open('alert', { query: '&desk=andrei' });
    await openChannel(page);
    const card = page.locator('.card.red');
    expect(await card.locator('.badge').innerText()).toContain('NEPRELUATĂ');
    expect(await card.innerText()).toContain('A-147');
    await card.getByRole('button', { name: 'Preiau' }).click();
  });

  test('what people write is never read as markup', async () => {
    const { page, city } = await open('alert');
    const words = '<img src=x onerror=alert(1)> & "ghilimele"';
    city.emit('phone', phone('elena', [bot(at(24, '14:20'), words, { rows: [[words]] })]), 'elena');
    await page.locator('[data-phone="elena"] .words').filter({ hasText: words }).waitFor();
    expect(await page.locator('.log img').count()).toBe(0);
  });

  test('while the city wakes, time stands still and the bots are on their way', async () => {
    const { page } = await open('starting', { query: '&people=serhii.elena' });
    expect(await page.getByText('Boții se conectează').isVisible()).toBe(true);
    expect(await page.locator('.next').isDisabled()).toBe(true);
    expect(await page.locator('[data-phone="serhii"]').innerText()).toContain('112');
  });

  test('without network a message waits with a clock, and the phone says so', async () => {
    const { page } = await open('trouble', { query: '&people=elena.mihai' });
    const elena = page.locator('[data-phone="elena"]');
    expect(await elena.getByRole('img', { name: 'așteaptă în telefon' }).count()).toBe(1);
    expect(await elena.getByRole('switch', { name: 'Fără rețea' }).getAttribute('aria-checked')).toBe('true');
  });

  test('a pointed row of the machine rings its message', async () => {
    const { page, city } = await open('alert');
    const [first] = city.shown.phones.mihai?.messages ?? [];
    city.emit('inside', {
      ...city.shown.inside,
      told: [
        {
          at: at(24, '14:02'),
          name: 'Mihai',
          channel: 'telegram',
          state: 'sent',
          messageRef: `telegram:mihai:${first?.id}`,
        },
      ],
    });
    await page.locator('[data-trace]').filter({ hasText: 'Mihai' }).first().hover();
    await page.locator('.bubble.is-traced').waitFor();
  });
});

describe('acting', () => {
  test('Enter sends what was typed, once, and empties the line', async () => {
    const { page, city } = await open('alert');
    const line = page.locator('[data-phone="elena"] .composer input');
    await line.fill('este interpret joi?');
    await line.press('Enter');
    await expect
      .poll(() => city.acts.filter(({ name }) => name === 'phone.says'))
      .toEqual([{ name: 'phone.says', given: ['elena', 'este interpret joi?'] }]);
    expect(await line.inputValue()).toBe('');
  });

  test('a key under a message is tapped with its own data', async () => {
    const { page, city } = await open('reminder');
    await page.locator('[data-phone="oksana"]').getByRole('button', { name: '✅ Прийду' }).click();
    const last = city.shown.phones.oksana?.messages.at(-1);
    await expect
      .poll(() => city.acts.find(({ name }) => name === 'phone.taps')?.given)
      .toEqual(['oksana', last?.id, last?.keys?.[0]?.[0]?.data]);
  });

  test('whoever touches a phone has read it', async () => {
    const { page, city } = await open('alert');
    await page.locator('[data-phone="mihai"] .log').click();
    await expect.poll(() => city.acts[0]).toEqual({ name: 'phone.reads', given: ['mihai'] });
  });

  test('a slash is a command, other words are a message, a reply goes to its thread', async () => {
    const { page, city } = await open('alert', { query: '&desk=andrei' });
    await openChannel(page);
    const line = page.locator('.channel > .write input');
    await page.getByRole('button', { name: '/caz' }).click();
    await page.keyboard.type('Кравченко');
    await page.keyboard.press('Enter');
    await line.fill('sunt pe drum');
    await line.press('Enter');
    await page.getByRole('button', { name: /răspunsuri/ }).click();
    await page.locator('.thread input').fill('bine');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => city.acts.filter(({ name }) => /says|command/.test(name)).map(({ given }) => given))
      .toEqual([
        ['andrei', '/caz', 'Кравченко'],
        ['andrei', 'C1', 'sunt pe drum', undefined],
        ['andrei', 'C1', 'bine', '1764000147.000100'],
      ]);
  });

  test('a form sends the value of every field under its block, and keeps typed text through errors', async () => {
    const { page, city } = await open('trouble', { query: '&desk=andrei' });
    await page.getByLabel('Pe ce vă sprijiniți').fill('Două observații.');
    city.emit(
      'desk',
      {
        ...city.shown.desks.andrei,
        modals: city.shown.desks.andrei?.modals.map((modal) => ({ ...modal, errors: { why: 'Scrieți mai mult.' } })),
      },
      'andrei',
    );
    await page.getByText('Scrieți mai mult.').waitFor();
    await page.getByRole('button', { name: 'Trimit decizia' }).click();
    await expect
      .poll(() => city.acts.find(({ name }) => name === 'desk.submits')?.given)
      .toEqual([
        'andrei',
        'V1',
        {
          what: 'Sesizare la DGASPC, azi',
          why: 'Două observații.',
          by: '2026-11-23',
          also: ['Trimit pașii și tehnicianului'],
        },
      ]);
  });

  test('a button that wants a confirmation is pressed only after it', async () => {
    const { page, city } = await open('alert', { query: '&desk=ioana' });
    const words = (text: string) => ({ type: 'plain_text', text });
    const confirm = {
      title: words('Închid?'),
      text: words('Nu se mai poate schimba.'),
      confirm: words('Da, închid'),
      deny: words('Nu'),
    };
    const button = { type: 'button', action_id: 'close', text: words('Închid'), style: 'danger', confirm };
    city.emit(
      'desk',
      { ...city.shown.desks.ioana, home: { blocks: [{ type: 'actions', block_id: 'b1', elements: [button] }] } },
      'ioana',
    );
    await page.getByRole('button', { name: 'Închid', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Nu' }).click();
    await page.getByRole('button', { name: 'Închid', exact: true }).click();
    await page.getByRole('button', { name: 'Da, închid' }).click();
    await expect
      .poll(() => city.acts.filter(({ name }) => name === 'desk.presses'))
      .toEqual([{ name: 'desk.presses', given: ['ioana', 'home', 'close', 'b1', undefined] }]);
  });

  test('the person chosen takes the place unused for longest, and the address keeps it', async () => {
    const { page } = await open('alert');
    await page.locator('[data-phone="oksana"] .log').click();
    await page.locator('[data-phone="mihai"] .log').click();
    await page.locator('.on-rail[data-person="serhii"]').click();
    await page.waitForSelector('[data-phone="serhii"]');
    expect(
      await page.locator('[data-phone]').evaluateAll((all) => all.map((one) => one.getAttribute('data-phone'))),
    ).toEqual(['oksana', 'serhii', 'mihai']);
    expect(new URL(page.url()).searchParams.get('people')).toBe('oksana.serhii.mihai.elena');
  });
});

describe('keyboard', () => {
  test('rail and home keyboard are one tab stop each, arrows move inside', async () => {
    const { page } = await open('alert');
    expect(await page.locator('#people [tabindex="0"]').count()).toBe(1);
    expect(await page.locator('[data-phone="mihai"] .home-key[tabindex="0"]').count()).toBe(1);
    await page.locator('.on-rail[data-person="oksana"]').focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.dataset.person')).toBe('serhii');
    await page.keyboard.press('End');
    expect(await page.evaluate('document.activeElement.dataset.person')).toBe('carmen');
    expect(await page.locator('#people [tabindex="0"]').count()).toBe(1);
  });

  test('the clock is a slider with a spoken date that goes forward by 15 minutes and never back', async () => {
    const { page, city } = await open('alert');
    const clock = page.getByRole('slider', { name: 'Ceasul orașului' });
    expect(await clock.getAttribute('aria-valuetext')).toBe('marți, 24 noiembrie 2026, 14:17');
    await clock.press('ArrowRight');
    await clock.press('ArrowLeft');
    await expect.poll(() => city.acts).toEqual([{ name: 'clock.forward', given: [15] }]);
    expect(await page.getByRole('status').last().innerText()).toBe('Timpul merge doar înainte.');
  });

  test('Esc closes the form, and the focus goes to its first wrong field when it opens', async () => {
    const { page, city } = await open('trouble', { query: '&desk=andrei' });
    expect(await page.evaluate('document.activeElement.dataset.field')).toBe('by');
    await page.keyboard.press('Escape');
    await expect.poll(() => city.acts.find(({ name }) => name === 'desk.closes')?.given).toEqual(['andrei', 'V1']);
  });

  test('only the focused chat is read aloud; the others say one line', async () => {
    const { page, city } = await open('alert');
    await page.locator('[data-phone="oksana"] .log').focus();
    await page.waitForSelector('[data-phone="oksana"] .log[aria-live="polite"]');
    expect(await page.locator('[aria-live="polite"]').count()).toBe(1);
    const elena = city.shown.phones.elena as PhoneState;
    city.emit('phone', { ...elena, messages: [...elena.messages, bot(at(24, '14:18'), 'Alegeți ora.')] }, 'elena');
    await expect.poll(() => page.locator('#status').innerText()).toBe('Elena Munteanu: mesaj nou');
  });

  test('the skip links lead to phones, desk and inside', async () => {
    const { page } = await open('alert');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('La telefoane');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe('#desk');
  });
});

describe('the tour', () => {
  test('points at the clock first, and „Arătați-mi” does that very tap', async () => {
    const { page, city } = await open('plain');
    expect(await page.locator('[data-target]').getAttribute('class')).toContain('next');
    await page.getByRole('button', { name: 'Arătați-mi' }).press('Enter');
    await expect.poll(() => city.acts).toEqual([{ name: 'clock.next', given: [] }]);
  });

  test('leads to the person on duty, to the message, to the button', async () => {
    const { page, city } = await open('alert', { query: '&desk=ioana' });
    const show = page.getByRole('button', { name: 'Arătați-mi' });
    for (let tap = 0; tap < 3; tap++) {
      await show.click();
      await page.waitForTimeout(150);
    }
    await expect
      .poll(() => city.acts.find(({ name }) => name === 'desk.presses')?.given)
      .toEqual(['andrei', { channel: 'C1', ts: '1764000147.000100' }, 'take', expect.any(String), undefined]);
  });

  test('is done when the state says so', async () => {
    const { page } = await open('taken');
    expect(await page.locator('.tour-words').innerText()).toContain('Turul este gata.');
    expect(await page.locator('.step.is-done').count()).toBe(5);
  });
});

const logOfMihai = `document.querySelector('[data-phone="mihai"] .log')`;

describe('what survives', () => {
  test('half-typed text, its caret and the focus survive 50 events', async () => {
    const { page, city } = await open('alert');
    const line = page.locator('[data-phone="elena"] .composer input');
    await line.click();
    await page.keyboard.type('nu pot veni, vă');
    await page.keyboard.press('ArrowLeft');
    const elena = city.shown.phones.elena as PhoneState;
    for (let n = 1; n <= 50; n++)
      city.emit(
        'phone',
        { ...elena, messages: [...elena.messages, bot(at(24, '14:20'), `mesaj ${n}`, { id: 900 })] },
        'elena',
      );
    await page.getByText('mesaj 50', { exact: true }).waitFor();
    expect(await line.inputValue()).toBe('nu pot veni, vă');
    expect(await page.evaluate('document.activeElement.selectionStart')).toBe(14);
    expect(await page.evaluate("document.activeElement.closest('[data-phone]').dataset.phone")).toBe('elena');
  });

  test('a chat scrolled up stays where it is; one at its end follows', async () => {
    const { page, city } = await open('alert', { height: 800 });
    const mihai = city.shown.phones.mihai as PhoneState;
    const log = page.locator('[data-phone="mihai"] .log');
    const more = (count: number) => [
      ...mihai.messages,
      ...Array.from({ length: count }, (_, n) => bot(at(24, '14:20'), `încă ${n}`, { id: 900 + n })),
    ];
    city.emit('phone', { ...mihai, messages: more(3) }, 'mihai');
    await log.getByText('încă 2').waitFor();
    expect(
      await page.evaluate(`${logOfMihai}.scrollHeight - ${logOfMihai}.scrollTop - ${logOfMihai}.clientHeight`),
    ).toBeLessThan(2);
    await page.evaluate(`${logOfMihai}.scrollTop = 0`);
    await page.waitForTimeout(100);
    city.emit('phone', { ...mihai, messages: more(6) }, 'mihai');
    await log.getByText('încă 5').waitFor();
    expect(await page.evaluate(`${logOfMihai}.scrollTop`)).toBe(0);
  });

  test('who sends something sees it: the chat goes to its end, wherever it was left, and follows again', async () => {
    const { page, city } = await open('alert', { height: 800 });
    const mihai = city.shown.phones.mihai as PhoneState;
    const more = Array.from({ length: 12 }, (_, n) => bot(at(24, '14:20'), `încă ${n}`, { id: 900 + n }));
    city.emit('phone', { ...mihai, messages: [...mihai.messages, ...more] }, 'mihai');
    await page.locator('[data-phone="mihai"] .log').getByText('încă 11', { exact: true }).waitFor();
    await page.evaluate(`${logOfMihai}.scrollTop = 0`);
    await page.waitForTimeout(100);
    await page.locator('[data-draft="phone:mihai"]').fill('am ajuns');
    await page.locator('[data-draft="phone:mihai"]').press('Enter');
    const own = says(at(24, '14:21'), 'am ajuns', { id: 950 });
    city.emit('phone', { ...mihai, messages: [...mihai.messages, ...more, own] }, 'mihai');
    await page.locator('[data-phone="mihai"] .log').getByText('am ajuns').waitFor();
    expect(
      await page.evaluate(`${logOfMihai}.scrollHeight - ${logOfMihai}.scrollTop - ${logOfMihai}.clientHeight`),
    ).toBeLessThan(2);
  });

  test('the inside says that the office is in hold', async () => {
    const { page, city } = await open('alert');
    city.emit('inside', { ...city.shown.inside, isHeld: true });
    await page.locator('.cell.outbox .is-suffering').getByText('nu trimitem nimic').waitFor();
  });

  test('a gap in the numbers fetches everything again', async () => {
    const { page, city } = await open('alert');
    city.shown.clock = { ...city.shown.clock, at: at(24, '15:00') };
    city.skip();
    city.emit('inside', city.shown.inside);
    await page.locator('.hour').filter({ hasText: '15:00' }).waitFor();
  });

  test('reload and a second browser show the same', async () => {
    const { page } = await open('alert', { query: '&desk=andrei&people=mihai.irina.oksana' });
    const before = await page.locator('#phones').innerText();
    await page.reload();
    await page.waitForSelector('.phone');
    expect(await page.locator('#phones').innerText()).toBe(before);
  });
});

const widths = [1920, 1600, 1280, 1200, 900, 640, 390, 320];

describe.each(widths)('at %i pixels', (width) => {
  test.each(['ro', 'uk', 'en'])('nothing is cut, scrolls sideways or is smaller than 12 px in %s', async (language) => {
    const { page } = await open('trouble', { width, height: 844, query: `&desk=andrei&language=${language}` });
    for (const tab of width < 768 ? ['phone', 'desk', 'both', 'inside'] : ['phone']) {
      if (width < 768) await page.locator(`[data-tab="${tab}"].bottom-tab`).click();
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await page.evaluate(tooSmall)).toEqual([]);
      expect(await page.evaluate(cutLabels)).toEqual([]);
    }
  });
});

const tooSmall = `[...document.querySelectorAll('body *')].filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && parseFloat(getComputedStyle(one).fontSize) < 12).map((one) => one.outerHTML.slice(0, 80))`;
const cutLabels = `(() => {
  const isForListeners = (one) => one !== null && (one.clientWidth === 1 || isForListeners(one.parentElement));
  const isInline = (one) => getComputedStyle(one).display === 'inline';
  const hangsOver = (one) => one.querySelector('.ring-number, .count, .unseen');
  return [...document.querySelectorAll('button, .badge, .chip, h1, h2, h3, label')]
    .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && !isInline(one) && !hangsOver(one) && !isForListeners(one))
    .map((one) => one.className + ': ' + one.textContent.trim().slice(0, 60));
})()`;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Pairwise over theme, language, width and situation. */
const combinations: [string, string, number, Situation][] = [
  ['light', 'ro', 1600, 'alert'],
  ['dark', 'uk', 1600, 'trouble'],
  ['dark', 'ro', 1280, 'reminder'],
  ['light', 'en', 1280, 'taken'],
  ['light', 'uk', 900, 'starting'],
  ['dark', 'en', 900, 'alert'],
  ['dark', 'ro', 390, 'taken'],
  ['light', 'uk', 390, 'trouble'],
];

describe('axe finds nothing', () => {
  test.each(combinations)('%s, %s, %i, %s', async (theme, language, width, situation) => {
    const { page } = await open(situation, {
      width,
      height: 844,
      query: `&desk=andrei&theme=${theme}&language=${language}`,
    });
    await page.evaluate(`history.replaceState(null, '', '?theme=${theme}&language=${language}&desk=andrei')`);
    await page.reload();
    await page.waitForSelector('.phone, .workspace');
    if (width >= 768 && situation !== 'trouble') await openChannel(page);
    await page.evaluate(axe);
    for (const tab of width < 768 ? ['phone', 'desk', 'both', 'inside'] : ['phone']) {
      if (width < 768) await page.locator(`[data-tab="${tab}"].bottom-tab`).click();
      const found = (await page.evaluate(
        `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ' ' + html.slice(0, 140) + ' ' + (any[0]?.message ?? ''))))`,
      )) as string[];
      expect(found).toEqual([]);
    }
  });
});
