import { type DangerRule, withWords } from './danger-pattern.ts';

/** Word lists of the English rules. */
const words = {
  me: 'me|us|my mother|my mum|my wife|my sister|my grandmother|my brother',
  kid: '(my |the |our |a )?(child|children|kid|kids|son|daughter|baby|boy|girl|grandson|granddaughter|niece|nephew)',
};

/** Tier-1 rules in English, the third language of the screens; there are no measured lines for it. [language 1, 3] */
export const englishDanger: readonly DangerRule[] = withWords(words, [
  {
    id: 'en-violence',
    category: 'violence',
    pattern:
      '(beats|beat|hits|hit|hitting|beating|strangled|strangles|punched|punches|kicks|attacked|attacks|stabbed|choked|hurts) <me>(?! at)|(threatens|threatening|threatened|going|wants|tries|tried|will) (to )?(kill|stab|shoot|hurt|murder) <me>|kill me|raped|(threatens|threatened|threatening) <me>|(afraid|scared) (to go|of going|to come) (back )?home|(afraid|scared) of my (husband|father|boyfriend|partner|stepfather|ex)|(locked|locks) <me>|with a (knife|gun)|domestic violence at home|(stalks|stalking) me',
    positive: 'My husband beats me',
    negative: 'He beat me at chess',
  },
  {
    id: 'en-suicide',
    category: 'suicide',
    firm: true,
    pattern:
      '(want|wants|wish|going|better) (to )?die|kill (myself|himself|herself|themselves)|killing myself|suicid~|end (my|his|her) (own )?life|end it all|do not want to live(?! (in|with|here|there|at))|don ?t want to live(?! (in|with|here|there|at))|dont want to live(?! (in|with|here|there|at))|no reason to live|(hurt|harm|cut|cutting) myself|better off without me|wish i was dead',
    positive: 'I want to die',
    negative: 'I do not want to live in the camp',
  },
  {
    id: 'en-hunger',
    category: 'hunger',
    pattern:
      '(nothing|no food|anything) (left )?to eat|(have|has|ran out of|without) (no |any )?(food|bread) .. (left|days|children|home)|no (money for )?food|(have not|haven ?t|havent|has not) eaten .. (days|day|yesterday)|starving|(kids|children) .. hungry|cannot feed|can ?t feed',
    positive: 'We have nothing to eat',
    negative: 'Where is the food court?',
  },
  {
    id: 'en-child',
    category: 'child',
    pattern:
      '(beats|beat|beating|hits|hit|hurts|hurting|abuses|abused|abusing|molest~|touches|touched|starves) <kid>|<kid> .. (is beaten|being beaten|beaten|abused|missing|disappeared|kidnapped|molested|bruises)|(lost|cannot find|can ?t find) (my|our) (child|son|daughter|kid|baby|boy|girl)|(took|stole|kidnapped) (my|our) (child|son|daughter|baby|kids|children)',
    positive: 'My son is missing',
    negative: 'My son beats the drum',
  },
  {
    id: 'en-shelter',
    category: 'shelter',
    pattern:
      '(nowhere|no place|don ?t have anywhere|dont have anywhere|not have anywhere) (for us |else )?(to )?(sleep|live|go|stay)(?! (out|for fun))|(sleep|sleeping|slept|living|live) (on the street|in the street|outside|at the station|in (the|a|our) car|rough)|(kicked|thrown|threw|kick|throwing) (us |me )?out(?! of (class|the group|work))|evicted|homeless now|we are homeless|i am homeless',
    positive: 'We have nowhere to sleep',
    negative: 'I live on Victory street',
  },
  {
    id: 'en-trafficking',
    category: 'trafficking',
    pattern:
      '(took|taken|keeps|keep|holds|hold|confiscated|hid) .. (my|our|the|all our) passports?(?! (form|photo|copy))|(not let|won ?t let|wont let|don ?t let|doesn ?t let) (me|us) (leave|go)|(force|forces|forced|forcing|make|makes) (me|us|her) .. (prostitut~|beg|sex|work without pay|steal)|sold me|traffick~|held against|(keep|keeps|kept) (me|us) locked',
    positive: 'They took my passport',
    negative: 'I took the passport form',
  },
  {
    id: 'en-medical',
    category: 'medical',
    firm: true,
    pattern:
      '(can ?t|cannot|not) breathe|(is )?not breathing|unconscious|fainted|(bleeding|bleeds)(?= ([.,]|$|a lot|heavily|badly|and))|chest pain|pain in (my|the|his|her) chest|heart attack|stroke (now|i think)|overdos~|poisoned|(call|need|send) .. ambulance|in labou?r|water broke|seizures?|is dying|choking|car accident',
    positive: 'I can’t breathe',
    negative: 'Breathe fresh air',
  },
  {
    id: 'en-help',
    category: 'help',
    pattern:
      '^(please )?help( me| us)*( please)?&|help (me |us )?(please )?(urgently|now|immediately|quickly)(?! with)|(urgent|emergency) help$|save (me|us)|in danger(?! zone)|(my|our) life is in danger|(call|need|send) (the )?police(?! (certificate|record))|(house|flat|apartment|building|kitchen) .. on fire|there is a fire|gas leak|smell of gas|^sos&',
    positive: 'Help me please',
    negative: 'Can you help me find work?',
  },
]);
