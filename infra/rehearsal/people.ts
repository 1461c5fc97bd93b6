import type { Language } from '#core/phrase.ts';
import type { CityPerson } from './shapes.ts';

/** The eight invented people of the rehearsal city. Nobody real is meant. */
export const cityPeople: CityPerson[] = [
  phone('oksana', 'Оксана Кравченко', 'Оксана', 'ОК', '#7B3F8F', 'beneficiary', 'uk', '5001'),
  phone('serhii', 'Сергій Коваленко', 'Сергій', 'СК', '#3B6B5A', 'beneficiary', 'uk', '5002'),
  phone('elena', 'Elena Munteanu', 'Elena', 'EM', '#A8481E', 'beneficiary', 'ro', '5003'),
  phone('mihai', 'Mihai Dobre', 'Mihai', 'MD', '#1F5C99', 'technician', 'ro', '5004'),
  phone('irina', 'Irina Rusu', 'Irina', 'IR', '#7A5200', 'technician', 'ro', '5005'),
  desk('ioana', 'Ioana Marin', 'Ioana', 'IM', '#A72B5D', 'coordinator', 'U0IOANA'),
  desk('andrei', 'Andrei Stan', 'Andrei', 'AS', '#3C4AA8', 'coordinator', 'U0ANDREI'),
  desk('carmen', 'Carmen Vlad', 'Carmen', 'CV', '#3E6B1F', 'supervisor', 'U0CARMEN'),
];

export const cityPerson = (id: string): CityPerson => {
  const found = cityPeople.find((person) => person.id === id);
  if (!found) throw new Error(`nobody in the city is called ${id}`);
  return found;
};

function phone(
  id: string,
  name: string,
  shortName: string,
  initials: string,
  colour: string,
  role: CityPerson['role'],
  language: Language,
  account: string,
): CityPerson {
  return { id, name, shortName, initials, colour, role, language, place: 'phone', account };
}

function desk(
  id: string,
  name: string,
  shortName: string,
  initials: string,
  colour: string,
  role: CityPerson['role'],
  account: string,
): CityPerson {
  return { id, name, shortName, initials, colour, role, language: 'ro', place: 'desk', account };
}
