/**
 * Given names which are one name in Ukrainian, Russian, Romanian and on papers; the first is the canonical one.
 * Data of names.json (`givenEquivalents`); an office may add rows. [language 7]
 */
export const givenNames: readonly (readonly string[])[] = [
  ['Олександр', 'Александр', 'Alexandru', 'Oleksandr', 'Aleksandr', 'Alexander', 'Sașa', 'Саша'],
  ['Олексій', 'Алексей', 'Alexei', 'Oleksii', 'Aleksei'],
  ['Олена', 'Елена', 'Elena', 'Olena'],
  ['Катерина', 'Екатерина', 'Ecaterina', 'Kateryna', 'Ekaterina'],
  ['Микола', 'Николай', 'Nicolae', 'Mykola', 'Nikolai'],
  ['Михайло', 'Михаил', 'Mihai', 'Mykhailo', 'Mikhail', 'Міша'],
  ['Володимир', 'Владимир', 'Vladimir', 'Volodymyr', 'Вова'],
  ['Дмитро', 'Дмитрий', 'Dumitru', 'Dmytro', 'Dmitri'],
  ['Сергій', 'Сергей', 'Serghei', 'Serhii', 'Sergei'],
  ['Андрій', 'Андрей', 'Andrei', 'Andrii'],
  ['Василь', 'Василий', 'Vasile', 'Vasyl', 'Vasili'],
  ['Петро', 'Пётр', 'Petru', 'Petro', 'Piotr'],
  ['Павло', 'Павел', 'Pavel', 'Pavlo'],
  ['Іван', 'Иван', 'Ion', 'Ivan'],
  ['Юрій', 'Юрий', 'Iurie', 'Yurii', 'Yuri'],
  ['Григорій', 'Григорий', 'Grigore', 'Hryhorii', 'Grigori'],
  ['Ганна', 'Анна', 'Ana', 'Hanna', 'Anna'],
  ['Марія', 'Мария', 'Maria', 'Mariia', 'Mariya'],
  ['Наталія', 'Наталья', 'Natalia', 'Nataliia', 'Natalya'],
  ['Тетяна', 'Татьяна', 'Tatiana', 'Tetiana', 'Tatyana'],
  ['Надія', 'Надежда', 'Nadejda', 'Nadiia', 'Nadezhda'],
  ['Світлана', 'Светлана', 'Svetlana', 'Svitlana'],
  ['Ольга', 'Olga', 'Olha'],
  ['Євгенія', 'Евгения', 'Eugenia', 'Yevheniia', 'Evgenia'],
  ['Юлія', 'Юлия', 'Iulia', 'Yuliia', 'Yulia'],
  ['Ірина', 'Ирина', 'Irina', 'Iryna'],
  ['Софія', 'София', 'Sofia', 'Sofiia'],
];
