import { type DangerRule, withWords } from './danger-pattern.ts';

/** Word lists of the Romanian rules, without diacritics; a hyphen is a space and may be left out (ne-au, neau). */
const words = {
  me: '(ma|m ?a|m ?au|ne|ne ?a|ne ?au|o|a|au|l ?a|ne mai|ma mai)',
  beats:
    '(bate|bat|batea|bateau|batut|batut o|batuta|batem|loveste|lovit|lovit o|lovesc|lovea|palmuieste|palmuit|injunghie|injunghiat|strange de gat|strans de gat|stranguleaza|strangulat|impinge|impins|tras de par|trage de par|trantit|tranteste|snopeste|snopit|pocneste|pocnit|busit|sufoca|sufocat|calcat in picioare|chinuie|chinuit|tortureaza|agreseaza|agresat|agresata|atacat|ataca|sarit la bataie|altoit|altoieste)',
  kin: '(sotul|barbatul|sotul meu|barbatul meu|tatal|tata|tatal meu|tatal vitreg|iubitul|concubinul|fratele|fiul|fostul|fostul sot|vecinul|socrul|soacra|mama|logodnicul|prietenul|el|cumnatul|unchiul)',
  kid: '(copilul|copiii|copilu|copila|copilasul|copilasii|fetita|fetitele|fetele|fata|fata mea|fiica|fiica mea|fiul|fiul meu|baiatul|baiatul meu|baietelul|baietii|bebelusul|bebe|nepotul|nepoata|nepotelul|nepotica|minorul|minora|pustiul|sugarul|fratiorul|surioara|copilul vecinilor)',
  kidto:
    '(copilului|copiilor|fetitei|fetei|fiicei|fiului|baiatului|baietelului|bebelusului|nepotului|nepoatei|minorei|fetelor)',
  out: '(in strada|pe strada|strada|in gara|la gara|in parc|in masina|pe banca|pe o banca|in scara blocului|afara|sub pod|sub cerul liber|in subsol|la subsol|pe jos in gara|in autogara|pe unde apucam|pe unde apuc)',
};

/** Tier-1 rules in Romanian, with and without diacritics. [language 3] */
export const romanianDanger: readonly DangerRule[] = withWords(words, [
  {
    id: 'ro-violence-beats-me',
    category: 'violence',
    pattern:
      '(ma|m ?a|m ?au|ne|ne ?a|ne ?au) (mai |tot |iar |si |iarasi )*(<beats>)(?! (la cap|vantul|gandul|gandurile|capul|soarele|norocul|joc|recordul|cu (gripa|cartile)|pe umar|o (durere|idee|raceala)))|(<kin>) .. (<me>) .. (<beats>)(?! (la cap|joc|recordul|la usa|cuie))|(bate|loveste|batut o|lovit o|a batut o|snopeste) (pe )(mine|noi|mama|sora|sotia|bunica)',
    positive: 'Soțul mă bate',
    negative: 'Mă bate vântul pe stradă',
  },
  {
    id: 'ro-violence-she',
    category: 'violence',
    pattern:
      '(o|l|ii|le) (bate|loveste|bat|lovesc|batea) .. (sotul|barbatul|tata|tatal|iubitul|fiul|fiica|concubinul|mama|rau|des|zilnic|mereu|iar|de fata cu)|(imi|i|ne|mi|mi ?a|i ?a|ne ?a) (da|dat|tras|trage) .. (palme|palma|pumni|pumn|picioare|bataie|pumnul)|(da|dat|dadea|ridica|ridicat) .. (in mine|in noi|in mama|mana la mine|mana la noi|mana asupra|cu pumnii|cu picioarele|cu pumnul)|(sotul|barbatul|tata|tatal|concubinul|fiul|iubitul) .. (violent|agresiv|da in noi|bate tot)',
    positive: 'Mi-a dat pumni',
    negative: 'Mi-a dat actele la ghișeu',
  },
  {
    id: 'ro-violence-threat',
    category: 'violence',
    pattern:
      '(ma|ne|m ?a|ne ?a|m ?au|ne ?au|o|mereu ma) (mai |tot |iar )*(ameninta|amenintat|amenintati)(?! (cu )?(amenda|amenzi|concedier~|judecata|penalizari|darea afara))|(ameninta|amenintat|amenintari) .. (cu (moartea|cutitul|cutit|toporul|pistolul|bataia|un cutit|arma)|ca (ma|ne|o))|(primesc|am primit) .. amenintari',
    positive: 'Mă amenință cu cuțitul',
    negative: 'Ne amenință cu amenda',
  },
  {
    id: 'ro-violence-kill',
    category: 'violence',
    pattern:
      '(ca|sa|vrea sa|o sa|va|zice ca|spune ca|jura ca|are sa|sa nu) (ma|ne|o|i|le|il) (va )?(omoara|omoare|ucide|ucida|taie|injunghie|spanzure|spanzura|impusca|impuste|arde|arda|ingroape|ingroapa|dea foc)(?! (caldura|durerea|plictiseala|dorul|spatele))|(vrea|incearca|incercat|vor) .. (omoare|ucida|injunghie)(?! timpul)|(m ?a|ne ?a|l ?a|o ?a|a) (injunghiat|impuscat|ars cu|taiat cu)',
    positive: 'Zice că mă omoară',
    negative: 'Mă omoară căldura asta',
  },
  {
    id: 'ro-violence-weapon',
    category: 'violence',
    pattern:
      '(vine|alearga|sta|umbla|fuge|fugarit|intrat|sarit|are|scos|a scos|a venit|el|sotul|vecinul|cineva) .. (cu |un |o )(un |o )?(cutit|cutitul|topor|toporul|pistol|pistolul|arma|ciocan|ciocanul|bata|drujba|maceta)(?= ([.,]|$|la|in|dupa|si|pe|catre|spre|asupra))',
    positive: 'Aleargă cu cuțitul după noi',
    negative: 'Am un set de cuțite de vândut',
  },
  {
    id: 'ro-violence-drunk',
    category: 'violence',
    pattern:
      '(beat|baut|e beat|s ?a imbatat|imbatat|bea) .. (sparge|loveste|rupe|bate|da in|tipa la|urla la|darama|arunca|distruge|face scandal|ne fugareste|devine violent|se da la)|(sparge|rupe|darama|forteaza|loveste in|bate in|a spart) (usa|geamul|geamurile|usile|casa)(?= ([.,]|$|si|casei|de|la))|(face scandal|urla) .. (beat|ne e frica|bate)',
    positive: 'E beat și sparge ușa',
    negative: 'Am ușa spartă, cine repară?',
  },
  {
    id: 'ro-violence-afraid',
    category: 'violence',
    pattern:
      '(frica|teama|tem|groaza|temem|speriata|speriat) .. (sa (ma|ne) (duc|ducem|intorc|intoarcem)|sa (merg|mergem|vin|stau|raman|stam|plec|intru)) (acasa|in casa|cu el|la el|singura cu)|(frica|groaza|tem|teama|temem) (de |pentru )(sot~|barbat~|el|tata|tatal~|viata|iubit~|concubin~|fostul|fiul|vecin~)(?! (de inaltime))|nu (ma )?simt (in )?siguranta (acasa|cu el)|nu sunt in siguranta|nu suntem in siguranta',
    positive: 'Mi-e frică să mă duc acasă',
    negative: 'Mi-e frică de dentist',
  },
  {
    id: 'ro-violence-rape',
    category: 'violence',
    pattern:
      '(violat|violata|violeaza|viol|violul|violator|violeze|violat o)|(abuz~|agres~|hartui~|atins|atingeri) .. (sexual|sexuala|sexuale)|(ma|m ?a|ne) (pipaie|pipait|hartuieste|hartuit|dezbracat|agreseaza|agresat|abuzat|abuzeaza|molestat)(?! cu mesaje)|(se da|sare) la mine|(ma|m ?a) (obliga|obligat|forteaza|fortat) .. (sex|ma culc|fac sex|intretin)',
    positive: 'M-a violat',
    negative: 'Am pierdut o cutie violet',
  },
  {
    id: 'ro-violence-locked',
    category: 'violence',
    pattern:
      '(ma|ne|m ?a|ne ?a|m ?au|ne ?au|o) (tine|tin|inchis|inchid|inchide|incuiat|incuie|sechestrat|sechestreaza) (in |cu |incuiat~|inchis~|sechestrat~|sub )(?!(curent|legatura|mine))|nu (ma|ne) (lasa|lasat|mai lasa) sa (ies|iesim|plec|plecam|vorbesc cu|sun|merg|parasesc)(?! (la (concurs|excursie)|mai devreme))|sechestrat~',
    positive: 'Mă ține încuiată în casă',
    negative: 'Mă ține la curent cu actele',
  },
  {
    id: 'ro-violence-injury',
    category: 'violence',
    pattern:
      '(plin|plina|plini) de (sange|vanatai)|(mi ?a|i ?a|ne ?a|mi ?au) (rupt|spart|fracturat|invinetit|zdrobit|scos) .. (mana|nasul|capul|dintele|dintii|buza|coasta|coaste|ochiul|piciorul|degetul|degetele|fata)|am vanatai .. (de la|peste)',
    positive: 'Mi-a spart capul',
    negative: 'Mi s-a rupt geanta',
  },
  {
    id: 'ro-violence-stalks',
    category: 'violence',
    pattern:
      '(ma|ne|m ?a) (urmareste|urmarit|pandeste|haituieste|fugareste|hartuieste|vaneaza|asteapta in fata blocului|asteapta la usa)(?! (pe (facebook|instagram)))|(a navalit|navaleste) .. (casa|peste)',
    positive: 'Fostul soț mă urmărește',
    negative: 'Urmăresc știrile',
  },
  {
    id: 'ro-violence-home',
    category: 'violence',
    pattern:
      '(victima|victime|sufar|indur|traiesc|patesc|la noi|la noi acasa|in casa|scap|suport) .. (violent~|violenta domestica|abuz~|bataie|batai|bataii)(?! (verbala la munca))|(sotul|barbatul|tatal|iubitul) .. (e|este|a devenit|devine) (foarte )?(violent|agresiv)',
    positive: 'Sunt victima violenței în casă',
    negative: 'Când e cursul despre violență?',
  },
  {
    id: 'ro-suicide-live',
    category: 'suicide',
    firm: true,
    pattern:
      'nu (mai )?(vreau|doresc|pot|am chef|imi doresc|suport) (sa )?(mai )?(traiesc|trai|exist|viata|sa fiu in viata)(?! (in|aici|acolo|cu|la|langa|pe (?!lume|lumea)|fara|din|impreuna|singur~|departe|sub)(?= ))|nu (mai )?vreau sa (mai )?(traiesc|fiu) (pe lume|pe lumea|pe pamant|asa)|nu (mai )?vreau sa (ma )?(mai )?(trezesc|fiu (aici|pe lume))(?! (devreme|la))|n ?as mai vrea sa traiesc|nu (mai )?(vrea|vreau|doreste) sa (mai )?traiasca',
    positive: 'Nu mai vreau să trăiesc',
    negative: 'Nu vreau să trăiesc în centru',
  },
  {
    id: 'ro-suicide-die',
    category: 'suicide',
    firm: true,
    pattern:
      '(vreau|as vrea|vrea|imi vine|imi doresc|mai bine|prefer|as prefera|doresc|astept|imi vine doar|ar fi mai bine|imi doresc doar) (doar |numai )?(sa )?(mai bine )?(mor|moara|murim|dispar|pier|mor odata)(?! (de (ras|rusine|cald|somn)|sa|din (lista|grup)))|(vreau|as vrea|imi doresc|imi vine) (doar )?sa (adorm|ma culc) si sa nu|mai bine (as fi|eram|sa fiu|era sa fiu) (mort|moarta)|mai bine (muream|nu ma nasteam|nu m as fi nascut|nu existam)|nu (mai )?vreau sa exist|(ma gandesc|gandesc|ganduri|gandit|gandul|vorbeste) .. (moarte|sinucidere|suicid|sinucid|sinucid~|suicidare|suicidale)',
    positive: 'Vreau să mor',
    negative: 'Mor de râs',
  },
  {
    id: 'ro-suicide-act',
    category: 'suicide',
    firm: true,
    pattern:
      '(ma|se|sa ma|sa se|m ?as|s ?a|m ?am|te) (sinucid|sinucida|sinucide|sinucis|spanzur|spanzure|spanzura|spanzurat|otravesc|arunc de pe|arunc in fata|arunc pe geam|arunc de la|arunc din|arunce de|arunce in fata|arunce pe geam|aruncat de pe|aruncat de la)|(vreau|imi vine|o sa|am sa|vrea|as vrea|stau|gata|gandesc|incerc|incercat) .. (sa )?(ma|se) (omor|omoare|tai|taie)(?! (cu (munca|firea|treaba)|dupa|la deget))|(imi|isi|sa mi|sa si|mi) (iau|ia|pun|pune|punem|luam|curm|puna|ieie) (viata|zilele|capat|capat zilelor|capat vietii)|(sa |vreau sa )?(imi|mi|isi|si) (fac|face|faca|facut) (singura |singur )?rau(?! (la (ochi|stomac)|mancarea|cafeaua))( singur~)?|(imi|mi|isi|mi am|si ?a) (tai|taie|taiat|crestat|crestez) (venele|incheieturile|mainile|bratele|pielea)|(ma|se) (tai|taie|cresteaza|crestez) (pe|la) (maini|mana|brate|vene|incheieturi|picioare)|(sa (iau|ia)|am luat|a luat|iau|inghit|inghitit|luat) .. (toate|multe|o cutie|o gramada|un pumn|cutia|prea multe) .. (pastile|pastilele|medicamente|medicamentele|somnifere|tablete)|(sa|vreau sa|o sa) (sar|ma arunc|se arunce) .. (pe geam|de pe bloc|de pe pod|in fata trenului|de la etaj|pe fereastra|in fata metroului)|sa (termin|sfarsesc) (odata )?cu (viata|totul|toate)$|sinucig~',
    positive: 'Îmi fac rău singură',
    negative: 'Mă omor cu munca',
  },
  {
    id: 'ro-suicide-sense',
    category: 'suicide',
    firm: true,
    pattern:
      '(nu|n) (mai )?(are|vad|gasesc|am) (nici un |niciun |nici |un )?(sens|rost|rostul|sensul|motiv|motive|putere|puteri|niciun motiv) .. (viata|vietii|traiesc|trai|in viata)|viata (mea )?(nu|n) (mai )?(are|e) (nici un |niciun )?(sens|rost|viata)|(m ?am saturat|satula|satul|obosita|obosit|sunt satul~) (de|sa) (mai )?(viata|traiesc|trai)(?! (in|aici|cu)(?= ))|(la ce|de ce|pentru ce) (sa )?mai (traiesc|trai)|nu mai am (pentru ce|de ce|puterea) (sa )?(traiesc|trai)',
    positive: 'Nu mai are rost să trăiesc',
    negative: 'Nu are rost să aștept',
  },
  {
    id: 'ro-suicide-farewell',
    category: 'suicide',
    firm: true,
    pattern:
      '(mai bine|mai usor) fara mine|fara mine .. (mai bine|mai usor)|nu o sa (mai )?fiu (pe lume|in viata)|(maine|curand|in curand) nu (mai|o sa mai) (sunt|fiu|exist)(?! (la|in|acasa|aici)(?= ))|(adio|ramas bun) (tuturor|lumea|pentru totdeauna)|e ultima mea zi(?! (de|la|in)(?= ))',
    positive: 'Le-ar fi mai bine fără mine',
    negative: 'Mâine nu mai sunt la birou',
  },
  {
    id: 'ro-hunger-nothing',
    category: 'hunger',
    pattern:
      '(nu|n) (mai )?(avem|am|are|au|e|este|ai) (nimic |deloc |azi |acasa )*(ce|de|nimic de|cu ce|nimic) (mai )?(sa )?(manca|mancam|mananc|mancare|mancat|manance|hrani|hranesc|hranim|(le|ii) (da|dau|dam) (copiilor |copilului )?(de mancare|sa manance))|(nu|n) (mai )?(avem|am|are|au|e|este) (deloc |destula |nici macar |nici )?(mancare|paine|hrana|lapte praf|alimente|ce pune pe masa|ce pune in gura|de ale gurii)(?! (pentru (caine|pisica|pisici)|la (petrecere|bufet)|vegetariana|fara gluten))|(fara|s ?a terminat|s ?au terminat) .. (mancare|mancarea|hrana|painea|alimentele)(?! (de|la) (curs|cantina))|frigiderul e gol',
    positive: 'Nu avem ce mânca',
    negative: 'Nu aveți ce face la birou?',
  },
  {
    id: 'ro-hunger-money',
    category: 'hunger',
    pattern:
      '(nu|n) (mai )?(avem|am|are|au|imi ajung|ne ajung) (deloc |destui |suficienti )?(bani|banii|un ban|un leu|niciun leu) (de|pentru|sa cumpar|sa cumparam|nici de|nici pentru|nici macar de) (o )?(mancare|paine|hrana|lapte|lapte praf|alimente|paine nici)|fara bani (de|pentru) (mancare|paine)',
    positive: 'Nu mai am bani de pâine',
    negative: 'Nu am bani de telefon',
  },
  {
    id: 'ro-hunger-days',
    category: 'hunger',
    pattern:
      '(nu|n) (mai )?(am|a|au|ai) mancat (nimic |mai nimic |deloc )*(de|azi|ieri|din|toata ziua|de ieri)(?! (la (micul dejun)))|de .. (zile|ieri|alaltaieri|saptamana) .. (nu|n) (am|a|au) (mai )?mancat|(nu|n) (am|a|au) pus nimic in gura',
    positive: 'Nu am mâncat de două zile',
    negative: 'Nu am mâncat sarmale până acum',
  },
  {
    id: 'ro-hunger-word',
    category: 'hunger',
    pattern:
      '(murim|moare|mor copiii|copiii mor|lesin|lesina|lesinam|rabdam|rabda|plang|plange|plangem|suferim|sufera) de foame|(flamanzi|flamanda|flamand|infometat~|infometati)(?! (ca|dupa (sport|meci)))|(copiilor|copilului|ne|fetitei|bebelusului|le) (este|e|ii e) (foarte )?foame|mi e foame .. (nu am|n am|zile|de)',
    positive: 'Copiii sunt flămânzi',
    negative: 'Mi-e foame, iau prânzul',
  },
  {
    id: 'ro-child-beaten',
    category: 'child',
    pattern:
      '(<kid>) .. (batut|batuta|batuti|batute|lovit|lovita|loviti|abuzat|abuzata|abuzati|agresat|agresata|molestat|molestata|maltratat|maltratata|maltratati|pipait|pipaita|violat|violata|chinuit|chinuiti|infometat|vanatai|traumatizat de|neglijat|neglijati)(?! recordul)|(<kidto>) .. (vanatai|arsuri|batut|bate)',
    positive: 'Copilul vecinilor e bătut',
    negative: 'Băiatul bate mingea',
  },
  {
    id: 'ro-child-beats',
    category: 'child',
    pattern:
      '(bate|bat|batut|loveste|lovit|isi bate|isi bat|abuzeaza|abuzat|chinuie|chinuit|maltrateaza|agreseaza|molesteaza|pipaie|pipait|violat|tortureaza|infometeaza|snopeste|trage de par|terorizeaza) (mereu |iar |des |rau |zilnic |pe )?(<kid>|copil~)(?! la (sah|table))|(il|o|ii|le|l ?a|i ?a|a) (bate|bat|loveste|batut|lovit) (pe )?(<kid>|copil~)',
    positive: 'Își bate copiii',
    negative: 'Vântul bate la fereastra copiilor',
  },
  {
    id: 'ro-child-lost',
    category: 'child',
    pattern:
      '(<kid>) .. (a disparut|disparut|disparuta|disparuti|s a pierdut|sa pierdut|s au pierdut|nu s a intors|nu sa intors|nu s a mai intors|nu mai vine acasa|nu a venit acasa|nu a ajuns acasa|n a venit acasa|a fugit|fugit de acasa|fugita|rapit|rapita|furat|e de negasit)(?! (pofta|interesul|febra|cardul|telefonul|ochelarii))|(a disparut|disparut|rapit|au rapit|a rapit|mi ?au rapit|mi ?a rapit|mi ?a furat|mi ?au furat|nu (imi |mi |il |o |ne )?(mai )?(gasesc|gasim)|mi am pierdut|am pierdut) (pe )?(<kid>|copil~)(?! (de vedere ieri))|(mi ?a|ne ?a|mi ?au|ne ?au) luat (<kid>|copil~)(?! (de la (scoala|gradinita)|in (brate|grupa)))',
    positive: 'Copilul meu a dispărut',
    negative: 'Copilul și-a pierdut ghiozdanul',
  },
  {
    id: 'ro-child-touched',
    category: 'child',
    pattern:
      '(s ?a luat|se ia|s ?a dat|se da|atinge|atins|s ?a atins|se atinge|pipaie|pipait|dezbracat|dezbraca|filmeaza|fotografiaza) .. (de |la |pe )(<kid>|mine cand eram|un copil|copii|fata noastra)|(arata|aratat) .. (porno|filme porno|organul)|(profesorul|unchiul|vecinul|tatal vitreg|bunicul|preotul|antrenorul) .. (atinge|atins|pipaie|pipait|saruta|sarutat)',
    positive: 'Vecinul s-a luat de fetița mea',
    negative: 'Doctorul se uită la fetiță',
  },
  {
    id: 'ro-child-alone',
    category: 'child',
    pattern:
      '(copil|copii|copilul|copiii|bebelus|bebelusul|fetita|baietelul|copila) .. (singur|singuri|singura|singurei|singurel) .. (acasa|in casa|pe strada|in strada|in masina|noaptea|in gara|de (ieri|zile))(?! (isi|si) (face|fac) (temele|lectiile))|(copil|copii|copilul|copiii|bebelus|bebelusul|nou nascut) .. (abandonat|abandonata|abandonati|parasit|parasita|parasiti|nesupraveghea~|incuiat|incuiati)|(<kid>) .. (frica|teme|groaza|tem) .. (acasa|tata|tatal~|sot~|unchi~|profesor~)|(cerseste|cersesc|pus la cersit|pus sa cerseasca) .. (copil~)|(copil~) .. (cersit|cerseasca|cerseste|cersesc)',
    positive: 'Un bebeluș e singur în casă',
    negative: 'Copilul se îmbracă singur',
  },
  {
    id: 'ro-shelter-nowhere',
    category: 'shelter',
    pattern:
      '(nu|n) (mai )?(am|avem|are|au|e) (nici |deloc )?(unde|un loc unde|loc unde|unde sa) (sa )?(mai )?(ma |ne |se |mai )*(dorm|dormi|dormim|doarma|stau|stam|sta|stea|locui|locuiesc|locuim|innopta|innoptez|innoptam|duc|duce|ducem|raman|ramane|ramanem|trai|traiesc|traim|culc|culca|adaposti|adapostesc|adapostim|(merg|mergem|merge)(?= ([.,]|$|cu|la noapte|in noaptea)))(?! (la (mare|munte|plimbare)|masina|in vacanta))|(nu|n) (mai )?(am|avem|are|au) (unde|loc) (de )?(dormit|stat|locuit|trait)|(nu|n) (mai )?(am|avem) (casa|un acoperis|acoperis|adapost|locuinta)(?! de vacanta)|(fara|nici un) (adapost|acoperis|casa|locuinta)(?= ([.,]|$|si|cu|deasupra|peste|de))',
    positive: 'Nu avem unde dormi',
    negative: 'Nu am unde să parchez',
  },
  {
    id: 'ro-shelter-thrown',
    category: 'shelter',
    pattern:
      '(ne|m|ma|ne ?a|ne ?au|m ?a|m ?au|i ?au|o) (dat|da|dau|scos|scoate|aruncat|arunca|gonit|goneste|alungat|alunga|evacuat|evacueaza|izgonit) .. (afara|in strada|strada|din casa|din apartament|din chirie|din locuinta|din camera|din camin|din adapost|pe drumuri|cu copii|cu copiii)(?! (de la|din) (serviciu|munca|lucru|job|scoala|ora|curs|grup))|(evacuat~|evacueaza|evacuare) .. (azi|maine|acum|strada|copii|unde)|(ne|m ?a|ma|ne ?au|m ?au) evac~|(proprietar~|gazda) .. (da afara|dat afara|aruncat|schimbat yala|evac~)|am ramas (fara (casa|adapost|locuinta|acoperis)|pe drumuri|in strada|pe strada)|am ajuns (pe strada|in strada|pe drumuri)|(suntem|sunt) (in strada|pe drumuri|pe strada(?= ([.,]|$|cu|de|fara))|fara adapost|om al strazii|boschetar)',
    positive: 'Ne-au dat afară din casă',
    negative: 'M-au dat afară de la serviciu',
  },
  {
    id: 'ro-shelter-outside',
    category: 'shelter',
    pattern:
      '(dorm|dormim|doarme|dormit|dormeam|innoptez|innoptam|innoptat) .. (<out>)(?! (mai bine))|(stau|stam|traiesc|traim|locuim|traieste) (in strada|in gara|in masina|in parc|sub pod|pe strada(?= ([.,]|$|cu copi|de o|de doua|fara|in frig)))|(inghetam|inghet|murim|mor|moare) (de frig|afara|in strada)|(copiii|copilul|bebelusul) .. (ingheata|frig afara)|nu (avem|am) (caldura|incalzire) .. (bebelus~|copil~ mic~|ingheata)',
    positive: 'Dormim în gară',
    negative: 'Stau pe strada Independenței 5',
  },
  {
    id: 'ro-traffic-papers',
    category: 'trafficking',
    pattern:
      '(mi|ne|i|mi ?a|mi ?au|ne ?a|ne ?au|i ?au|i ?a|ni ?s|imi|le) (a |au )?(luat|retinut|confiscat|oprit|ascuns|tine|retine|furat|ia|tin|sechestrat) .. (pasaport~|pasapoarte~|actele|buletin~|documentele)(?! (la (ghiseu|dosar|primarie|copi~|control)|pentru (copi~|dosar|verificare|inscriere)|in copie|si m ?au chemat|pe (masa|raft)))|nu (imi|ne|mi|vrea sa imi|vor sa imi|vrea sa mi) (mai )?(da|dau|dea|inapoiaza|returneaza) .. (pasaport~|buletinul)(?! (nou|gata))|(pasaport~|pasapoarte~|actele) .. (la patron|la sef|la stapan|luate de|confiscat~|retinut~)',
    positive: 'Mi-au luat pașaportul',
    negative: 'Mi-au luat actele la ghișeu pentru copie',
  },
  {
    id: 'ro-traffic-held',
    category: 'trafficking',
    pattern:
      '(ma|ne|o|m ?au|ne ?au) (tin|tine|tinut|tinem) .. (cu forta|prizonier~|captiv~|ostatic~|impotriva vointei|sechestrat~|cu sila|incuiat~|inchis~)|nu (ma|ne|m ?au|ne ?au) (mai )?(lasa|lasat) sa (plec|plecam)(?! mai devreme)|(vandut|vanda|vand|cumparat) (pe )?(mine|noi|fete|femei|fata|fetele)|(m ?a|m ?au|ne ?au|ma|sa ma|sa ne|vor sa ma|vor sa ne) (vandut|vanda|vand|traficat)(?! (masina|telefonul))|sclav~|sclavie|(victima|victime) .. (trafic~|exploatar~)',
    positive: 'Ne țin cu forța aici',
    negative: 'Mă țin de cuvânt',
  },
  {
    id: 'ro-traffic-forced',
    category: 'trafficking',
    pattern:
      '(ma|ne|o|m ?a|m ?au|ne ?a|ne ?au|il|le) (obliga|obligat|forteaza|fortat|pune|pun|pus|silesc|sileste|silit|constrang|constrange) .. (muncesc|muncim|munca|munceasca|lucrez|lucram|lucreze|prostitu~|produc|cersesc|cersim|cerseasca|cersit|sex|fur|furam|fure|culc|culcam|clienti|clientii|strada|videochat|dansez|vand|vindem)(?! (sambata|duminica|in weekend|peste program|online))|(muncesc|muncim|lucrez|lucram) .. (fara (plata|bani|acte) si (nu|n)|pentru datorie|ca sclav~)|prostitueaza|prostituat(a|ie) (cu|de) forta|(ma|ne) exploat~|suntem exploatat~|nu (ma|ne) (plateste|platesc) si nu',
    positive: 'Mă obligă să cerșesc',
    negative: 'Mă obligă să lucrez sâmbăta',
  },
  {
    id: 'ro-medical-breath',
    category: 'medical',
    firm: true,
    pattern:
      '(nu|n) (mai )?(pot|poate|putem|reuseste|reusesc) (sa )?(mai )?(respir|respira|respire|trag aer|iau aer)(?= )|(nu|n) (mai )?respira|respira (foarte )?(greu|cu greu)|respir (foarte )?greu|(ma|se|ne) (sufoc|sufoca|ineaca|inec|asfixiaza|asfixiez)(?! (de ras|cu (treaba|munca|hartiile)))|s ?a (inecat|sufocat)',
    positive: 'Nu pot să respir',
    negative: 'Respir aer curat la munte',
  },
  {
    id: 'ro-medical-faint',
    category: 'medical',
    pattern:
      '(a|am|s a) lesinat|(e|este|sta|zace) (inconstient|inconstienta|lesinat|lesinata)|(inconstient|inconstienta)(?= )|fara cunostinta|(si ?a|mi am|isi|a) (pierdut|pierde) (cunostinta|constienta)|nu (mai )?(raspunde la nimic|reactioneaza|se (mai )?trezeste|misca deloc|se misca)(?! (coada|nimic la dosar|dosarul))|nu (il|o) (mai )?pot trezi|(a cazut|cazut|zace) .. (nu (se mai ridica|se ridica|misca|respira|raspunde|mai misca))|convulsi~|criza de epilepsie|face epilepsie|face (ca )?spume',
    positive: 'Mama a leșinat',
    negative: 'Mama stă și citește',
  },
  {
    id: 'ro-medical-blood',
    category: 'medical',
    pattern:
      'hemoragi~|sangereaza|sangerez|sangerare|(pierde|pierd|pierdut) (mult )?sange|(curge|curgea|varsa|vomita|vomit|scuipa|tuseste|tusesc) .. sange(le)?(?! din nas acum un an)|sangele nu se opreste|(plin|balta|mult|baie) (de )?sange(?= )|(injunghiat|impuscat)(?= )',
    positive: 'Sângerează tare',
    negative: 'Unde donez sânge?',
  },
  {
    id: 'ro-medical-heart',
    category: 'medical',
    pattern:
      '(?<!(dupa un|dupa|avut un|avut|de|a facut un|anul trecut) )(infarct|preinfarct|atac de cord|avc|accident vascular|atac cerebral)(?= )(?! (acum (un|doi|trei) an|in 20|anul trecut))|(doare|durere|dureri|apasa|apasare|junghi|junghiuri|strange|arde|intepaturi) (foarte |tare |rau |mare |mari |puternice |puternica )*(inima|in piept|pieptul|la inima|la piept)|(inima|pieptul) .. (ma doare|doare|cedeaza|se opreste)|(paralizat|amortit|amorteste|strambat|a luat) .. (gura|fata|mana|piciorul|jumatate|partea stanga|partea dreapta)(?! (la dentist))|nu (mai )?(poate vorbi|simte partea)|durere insuportabila|dureri (insuportabile|ingrozitoare|groaznice|cumplite)',
    positive: 'Mă doare tare în piept',
    negative: 'După un infarct am nevoie de recuperare',
  },
  {
    id: 'ro-medical-poison',
    category: 'medical',
    pattern:
      '(otravit|otravita|otravire|intoxicat|intoxicata|intoxicatie|supradoza~)|(a|am) (baut|inghitit) .. (clor|detergent|otet|acid|otrava|solutie|benzina|diluant|baterie|bateria|soda|inalbitor|substanta|pastilele|prea multe pastile|o moneda|antigel|spirt)',
    positive: 'Copilul a băut clor',
    negative: 'Am băut o cafea',
  },
  {
    id: 'ro-medical-birth',
    category: 'medical',
    pattern:
      '(mi|i) s ?a rupt apa|s ?a rupt apa|(am|are|incep|au inceput|a inceput) .. (contractii|contractiile|travaliu|travaliul)|(nasc|naste)(?= ([.,]|$|acum|aici|in|pe))(?! in (luna|martie|aprilie|mai|iunie))|in travaliu',
    positive: 'Mi s-a rupt apa',
    negative: 'Curs pentru gravide',
  },
  {
    id: 'ro-medical-bad',
    category: 'medical',
    pattern:
      '(mi e|imi e|imi este|mie|i e|ii e|ii este|mamei|copilului|lui|bunicii|tatei|ma simt|se simte|mi s a facut|i s a facut|s a facut) .. ?(foarte|tare|groaznic|ingrozitor|extrem de|brusc) (de )?rau(?! (vorbit|tratat~|imbracat|pentru))|(lui|mamei|copilului|bunicii|bunicului|tatei|ei) (ii|i) (e|este) rau|(mama|tata|copilul|sotul|sotia|bunica|bunicul|el|ea|fratele|sora|vecinul|vecina|omul|bebelusul|cineva|fetita) .. (moare|e pe moarte|este pe moarte|pe moarte)(?! de (ras|plictiseala|dor|curiozitate|rusine))|pe moarte|(accident) (de masina|grav|rutier|de circulatie|auto)(?= )(?! (in (20~|trecut)|anul trecut|acum (un|doi|trei) ani?))|(lovit|calcat|accidentat) de (o )?(masina|tren|tramvai|autobuz)|(cazut|a cazut) .. (de la etaj|de pe bloc|pe scari|de pe scara|in cap|pe geam|de la inaltime|de la balcon)|(s ?a|m ?am|a) (ars|oparit|electrocutat|curentat|inecat)(?= ([.,]|$|rau|cu|grav|la (mana|fata|picior)))|curentat|electrocutat|(se ineaca)|febra .. (40|41|42)|(40|41) (de )?(grade|febra|cu)|soc anafilactic|i se umfla (gatul|fata|limba)',
    positive: 'Mamei îi este rău',
    negative: 'Azi mă simt mai bine',
  },
  {
    id: 'ro-medical-ambulance',
    category: 'medical',
    pattern:
      '(chemati|cheama|chem|trimiteti|nevoie de|sunati|sunati la|vreau|trebuie|sa vina|unde e|trimite|sun la|anuntati|repede) (o |la |si |repede |urgent )*(salvare|salvarea|ambulanta|ambulanta urgent|smurd|smurdul|elicopter)(?= )|(ambulanta|salvarea|smurd) (va rog|urgent|repede|imediat|acum)',
    positive: 'Chemați salvarea',
    negative: 'Unde e stația de ambulanțe?',
  },
  {
    id: 'ro-help-urgent',
    category: 'help',
    pattern:
      '(?<!(de|in|prim) )(ajutor|ajutati|ajutati ma|ajutati ne|ajuta ma|ajutor va rog|salvati ma|salvati ne)( ma| ne| va rog| e| este)* (urgent|repede|imediat|acum|va implor|mai repede|chiar acum)(?! (cu|la|pentru|in|sa)(?= ))|(urgent|repede|va implor|disperat~|implor) .. (ajutor|ajutati|ajutati ma|ajutati ne|ajutati)(?! (cu|la|pentru|in|sa|social|de)(?= ))|^(va rog |va implor )?(ajutor|ajutati ma|ajutati ne|ajuta ma|ajutati|ajutorr)( ajutor)*( va rog| va implor| cineva)*&|(salvati|salveaza|scapati|scapa) (ma|ne)|(am|avem) nevoie (urgent |urgenta |imediat |imediata )(de )?ajutor(?! (cu|la|pentru|in|sa|social|de)(?= ))|nevoie de ajutor (urgent|imediat|acum|repede)(?! (cu|la|pentru|in|sa)(?= ))|^(sos|urgenta|e urgenta|este o urgenta|e o urgenta|urgent ajutor)&',
    positive: 'Ajutor, e urgent!',
    negative: 'Am nevoie de ajutor cu actele',
  },
  {
    id: 'ro-help-police',
    category: 'help',
    pattern:
      '(chemati|cheama|sunati|sunati la|trimiteti|sun la|anuntati|nevoie de|sa vina) (la |repede |urgent |si )*(politia|politie|politisti|jandarm~|pompierii|pompieri)(?= ([.,]|$|va|repede|urgent|imediat|acum|aici|la noi|sa))|(chemati|sunati|cheama|suna|apelati) (la )?112',
    positive: 'Chemați poliția',
    negative: 'Cazier de la poliție',
  },
  {
    id: 'ro-help-danger',
    category: 'help',
    pattern:
      '(sunt|suntem|e|este|viata mea e|viata noastra e|viata mea este|copiii sunt|ma aflu|ne aflam|ma simt) (in |intr un )(mare |real )?pericol(?! de (respingere|a pierde))|viata .. in pericol|(in )?pericol de moarte|(mama|sotul|sotia|bunica|bunicul|tata|sora|fratele) .. (a disparut|e disparut~|nu s a mai intors)|(m ?a|m ?au|ne ?au|ne ?a) (jefuit|talharit|rapit)|(a intrat|intra|incearca sa intre|vrea sa intre) .. (peste mine|peste noi|in casa cu forta)',
    positive: 'Sunt în pericol',
    negative: 'E pericol de alunecare pe scări',
  },
  {
    id: 'ro-help-fire',
    category: 'help',
    pattern:
      '(a luat|ia) foc|(e|este|avem|s a declansat|a izbucnit) (un )?(incendiu|foc)(?= )|incendiu(?= ([.,]|$|la|in))|(arde|ard) (casa|apartamentul|blocul|bucataria|camera|caminul|locuinta)|(casa|apartamentul|blocul|bucataria|locuinta) (arde|in flacari|e in flacari|a ars)|(miroase|scurgere|scapari|scurg) .. gaz(e|ele|ul)?(?= )',
    positive: 'A luat foc bucătăria',
    negative: 'Când vin pompierii în vizită la școală?',
  },
]);
