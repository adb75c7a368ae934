"""How paragraphs of a dump open and end that react, answer, wonder, explain, or bring in somebody else's words."""

from __future__ import annotations

import re

# So opens a reaction, and hardly anybody who goes on with what they said themselves.
ANSWERING = re.compile(
    r"I (?:strongly |completely |fully |also |totally |would |wouldn['’]t )?(?:disagree|agree|doubt)\b"
    r"|I['’]d be surprised\b|I['’]m (?:surprised|skeptical|sceptical|confused)\b|I (?:don['’]t|do not) (?:agree|know)\b"
    r"|(?:Agreed?|Exactly|Absolutely|Totally|Definitely|Indeed|Yes|Yeah|Yep|True|Correct|Same here|Nope|Nah|Wrong|"
    r"False|Nonsense|Hardly|Interesting|Funny|Hmm+|Huh|Fair (?:enough|point)|Good (?:point|question)|Great question|"
    r"Well (?:put|said)|Makes sense|On the contrary|FYI|How so|So what|No idea|Hard to say|It depends)\b"
    r"|(?:No|Right|Sure|Of course|Perhaps not|Maybe not|This|Ah|Oh|Ha|Ouch|Noted|Nice|Brilliant|Both|Neither)[,.!;]"
    r"|\+1\b|Really\?|(?:Granted|Guilty|Point taken|Can['’]t argue|Is that so|I stand corrected|Thank you|Thanks|Yup)\b"
    r"|You(?:['’]re| are) (?:absolutely |quite |completely |probably )?(?:right|correct)\b|You['’]ve (?:read|got|put)\b"
    r"|I['’]m (?:on board|with you|glad|sorry|for it)\b|I['’]ve come (?:a)?round\b|I (?:take|withdraw) that\b"
    r"|That(?:['’]s| is) (?:a (?:nice|good|better|fair|great|valid|reasonable)\b|true|right|fair|correct)"
    r"|That(?:['’]s| is) not (?:right|true)\b"
    r"|No,? (?:it|they|that|we|you|I) (?:can|is|are|do|does|did|would|will|has|have)(?:n['’]t| not|['’]t)\b"
    r"|(?:So|Neither|Nor) (?:will|do|did|am|would|have) I\b|Good (?:catch|idea)\b"
    r"|Not (?:really|quite|necessarily|true|sure|always|at all|in my|from what|if|everyone|all)\b"
)
# So a reaction may open; a paragraph that goes on may do so, too.
REACTION = re.compile(
    r"I (?:don['’]t|do not|can['’]t|cannot) (?:think|see|believe)\b|I['’]m not sure\b|I found\b|While I\b"
    r"|(?:This|That|It) (?:may|might|could|would|seems?|looks?|sounds?|strikes?|feels?|isn['’]t|doesn['’]t)\b"
    r"|That['’]s\b"
    r"|(?:This|That|These|Those) (?:claim|argument|point|estimate|number|figure|assumption|reasoning|statement|"
    r"question|comparison|view|idea|quote|sentence|paragraph|result|explanation|example|definition|analogy|survey|study)s?\b"
    r"|What (?:strikes|surprises|puzzles|bothers) me\b|Here (?:are|is) (?:some |two |other |another |more )|Why is\b"
    r"|My understanding of\b|As I (?:read|understand)\b|As an? \w+,? I\b|You(?:r|['’]re)?\b"
    r"|Wouldn['’]t\b|Doesn['’]t\b|Isn['’]t\b"
)
ANSWERS_QUESTION = re.compile(
    r"I (?:don['’]t|do not) (?:know|think)\b|I (?:doubt|guess|suppose|think so)\b|I['’]m (?:not sure|unsure)\b"
    r"|Yes\b|Yeah\b|No\b|Nope\b|G(?:ood|reat) question|Not (?:sure|really|yet|that)\b|(?:Prob|Poss)ably\b|Maybe\b"
    r"|Perhaps\b|Sometimes\b|Hard to|It depends|Depends\b|Sure\b|Of course\b"
)
# More evidence on the same thing, which the writer says speaks for it, or against it.
CONFIRMS = re.compile(
    r"(?:Here (?:are|is)|Here['’]s|See)\b.{0,60}\b(?:support|show|confirm|back|bears? (?:this|that|it) out\b)"
)
CONTRADICTS = re.compile(
    r"(?:Here (?:are|is)|Here['’]s|See)\b.{0,60}\b(?:contradict|refut|disprov|against\b|otherwise\b)"
)
# One thing more, beside what was said.
ADDS = re.compile(
    r"(?:just )?(?:adding|to add)\b"
    r"|(?:as )?(?:an?|another|one more) (?:additional |further |extra )?(?:reference|data ?point|source|pointer)\b",
    re.IGNORECASE,
)
WONDERS = re.compile(
    r"\bI (?:do )?wonder\b|\bI(?:['’]d| would) (?:love|like) to (?:know|understand|see)\b|\bI(?: a|['’])m curious\b"
    r"|\bunderstand (?:why|how|when|what)\b|\bsurpris(?:ed|es|ing)\b|\bpuzzl\w+|\b(?:strange|odd) that\b",
    re.IGNORECASE,
)
EXPLAINS = re.compile(
    r"\b(?:may|might|could|would|must|probably|likely|perhaps|partly)\b.{0,100}"
    r"\b(?:related|due|because|explained|comes? down|comes? from|caused|has to do)\b|\b(?:may|might|could) be that\b"
)
OPENS_AS_OTHERS = re.compile(r"(?:We|Our|These|This (?:post|paper|essay|article|report|section))\b")
OPEN_END = re.compile(r"(?:,|\b(?:the|a|an|of|to|and|or|with))$")
LEADING_IN_WORDS = """
says say writes write wrote said argues asks asked answers answered replies replied adds added continues responds
responded
"""
LEADING_IN = frozenset(LEADING_IN_WORDS.split())
INTRODUCES = re.compile(
    r"(?:(?:Quot(?:e|ing|ed)|Excerpt|From|According to)\b.*"
    r"|.*\b(?:says|writes|wrote|said|stated|noted|argues|argued|claimed|reads|explains|puts? it|quote|answers?|"
    r"answered|repl(?:ies|ied)|adds|added|goes on|went on|continues|responds|responded|asks|asked|"
    r"summari[sz]es|passage)\b.*):",
    re.DOTALL,
)
# A remark in brackets on the text itself: where it was posted before, how finished it is.
NOTE = re.compile(
    r"\((?:(?:\w+-)?(?:re)?(?:posted|copied|written|edited|updated|translated|adapted|shared)\b"
    r"|.{0,60}\b(?:this|these|my)\b.{0,40}\b(?:posts?|notes?|comment|thread|draft|article|thoughts|piece|write-?up)\b)",
    re.IGNORECASE,
)
# A verdict on what was just said or asked.
VERDICT = re.compile(
    r"(?:(?:That|This|It) )?(?:strikes|seems|sounds|feels|looks|is|would be)\b|(?:That|It)['’]s\b", re.IGNORECASE
)
# A good word on what was just said; not within a condition.
APPROVES = re.compile(
    r"(?:(?!\b[Ii]f\b).)*?\b[Tt]h(?:is|at) (?:(?:would|could|might|will|should) (?:really |also |probably |be )?"
    r"(?:help\w*|work|improve|great|good|nice|useful|worth\w*)"
    r"|(?:seems|looks|sounds|feels) (?:great|good|right|useful))\b"
)
WISHES = re.compile(
    r"(?:\b[Ii]t would (?:also )?|^Would (?:also )?)(?:be|have been) (?:great|good|nice|helpful|useful|better)\b"
    r"(?! (?:to )?(?:know|hear|learn|understand))"
    r"|\bI(?:['’]d| would) (?:really )?(?:like|want|love) to see\b"
)
LACKS = re.compile(r"\b(?:gap|hole|omission|oversight|blind spot|weakness|flaw)(?:s|es)? (?:in|of|with|within)\b")
DOUBTS = re.compile(
    r"\bI['’]m not (?:quite |really |entirely |so )?(?:sure|clear)(?: on)? (?:what|how|why|whether|if|that)\b"
)
THIS_WORK = re.compile(
    r"\b(?:this|your|the) (?:post|paper|model|work|argument|approach|method|proposal|plan|framework|analysis)s?\b",
    re.IGNORECASE,
)
