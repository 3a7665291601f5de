"""Function words that say nothing about a card's theme.

Short on purpose: only words above about one in a thousand running words. The long lists in common use hold
*need, work, problem, help, system*, which are what workshop cards are about.
"""

from functools import cache

from .scripts import fold, plain

_WORDS = {
    "en": """a about after all also an and any are as at be been but by can could did do does for from get had has
        have he her his how i if in into is it its just like me more most my no not of on one only or our out over
        she should so some than that the their them then there these they this to too up us very was we were what
        when where which who will with would you your don doesn isn aren can't cannot don't let such t ll re ve""",
    "fr": """a ai alors au aussi autre aux avec avoir bien car ce cela ces cet cette ceux chez comme dans de des deux
        donc du elle elles en encore entre est et etre eu faire fait il ils je la le les leur leurs lui ma mais me
        meme mes moins mon ne ni nos notre nous on ont ou par pas plus pour qu quand que qui quoi sa sans se ses si
        son sont sous sur ta te tous tout toute toutes tres trop tu un une vers vos votre vous y""",
    "es": """a al algo ante antes asi aun cada como con cual cuando de del desde donde dos el ella ellas ellos en
        entre era es esa ese eso esta estan estar este esto fue ha hace hacer han hasta hay he la las le les lo los
        mas me mi mis muy ni no nos nosotros nuestra nuestras nuestro nuestros o otra otro para pero por porque que
        quien se sea ser si sin sobre son su sus tambien tan te tiene todo todos tu un una unas uno unos y ya""",
    "pt": """a ao aos as ate com como da das de dela dele deles do dos e ela elas ele eles em entre era essa esse
        esta estao este eu foi ha isso isto ja la lhe mais mas me mesmo meu minha muito na nao nas nem no nos nossa
        nossas nosso nossos num numa o os ou para pela pelas pelo pelos por porque quando que quem se sem ser seu
        seus so sua suas tambem te tem ter teu tu tudo um uma umas uns voce""",
    "it": """a ad ai al alla alle allo anche ancora c che chi ci come con cosa cui da dal dalla dalle dei del della
        delle dello dei di do dove e ed era essere fa fare gli ha hai hanno ho i il in io la le lei lo loro lui ma
        me mi mia mio molto ne negli nei nel nella nelle no noi non nostra nostro o ogni per perche piu puo quando
        quella quello questa questo qui sei se si sia solo sono sta su sua sul sulla sulle suo te ti tra tu tutti
        tutto un una uno vi voi""",
    "de": """aber alle als also am an auch auf aus bei beim bin bis da damit dann das dass dem den denn der des die
        dies diese dieser dieses doch du durch ein eine einem einen einer eines er es etwas fur gegen hab habe haben
        hat hier hatte ich ihr ihre im immer in ist ja kann kein keine konnen man mehr mein meine mich mir mit muss
        nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine sich sie sind so soll sollte sollten uber
        um und uns unser unsere unter viel vom von vor war waren was wenn werden wie wir wird wo wurde zu zum zur""",
    "nl": """aan al alle als altijd ben bij dan dat de deze die dit door een en er ga geen had hebben heeft hem het
        hier hij hoe ik in is ja je kan maar me meer met mijn naar niet nog nu of om ons onze ook op over te toch tot
        uit van veel voor waar was wat we wel wij worden wordt ze zich zijn zo zou""",
    "ru": """а без более бы был была были было быть в вам вас весь во вот все всё вы где да для до его ее её если есть
        еще ещё же за и из или им их к как ко которые который когда кто ли мне мы на над нам нас наш наша наше наши
        не него нет ни но о об он она они оно от по под при про с свои свой себя со так также там то того тоже только
        ты у уже хотя что чтобы эта эти это этого этот я""",
    "ar": """في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين أن إن ان كان كانت يكون لا ما لم لن ليس هو هي هم نحن
        أنا أنت كل بعض أو ثم قد كما لكن بين عند عندما منذ حتى إذا بعد قبل غير أي أكثر أيضا جدا هناك حيث و ف ب ل ك
        يا لنا لها له لهم منها منه فيها فيه عليها عليه به بها الى على انه انها ولا وما وهو وهي""",
    "sw": """na ya wa kwa ni la za katika cha vya hii hiyo huo hizo hilo yake wake zake yao wao yetu wetu zetu letu
        chetu vyetu kama pia kuwa si au lakini bila mimi sisi wewe yeye hapa hapo huku hivyo hivi kila sana zaidi
        tu bado je ili ama kutoka pamoja ambao ambayo ambaye ndani yote wote zote hakuna hatuna tuna ina wana kuna
        lazima sio ndio nini nani gani mwa pa anaweza unaweza tunaweza wanaweza inaweza hawawezi hatuwezi haiwezi""",
    "zh": """的 了 是 在 和 与 及 或 我们 你们 他们 这 那 这个 那个 这些 那些 没有 也 都 就
        而 但是 因为 所以 如果 把 被 对于 给 让 为了 以及 着 吗 呢 吧 很 可以 应该 一个""",
    "tr": """ve bir bu da de icin ile ne o cok daha gibi var yok mi mu ama en ben sen biz siz onlar kadar olarak her
        ki ya sonra olan olan degil bana beni bize hem ise cunku su""",
}


@cache
def stop_words(lang: str) -> frozenset[str]:
    """The stop words of a language as `plain` words; empty for a language without a list."""
    return frozenset(plain(fold(word)) for word in _WORDS.get(lang, "").split())


@cache
def stop_letters(lang: str) -> str:
    """The function words of Chinese, longest first, as a pattern; empty for other languages."""
    words = _WORDS["zh"].split() if lang in ("zh", "yue") else []
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
