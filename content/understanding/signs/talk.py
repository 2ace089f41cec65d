"""Words that ask nothing: greetings, thanks, openings, "say it again", anger. And the small words around them."""

# Words that stand around others without changing what is meant.
FILLER = (
    "(a|ah|ak|oi|nhe|nhen|nghen|nha|nhi|voi|ad|admin|can bo|co|chu|anh|chi|em|e|minh|toi|tui|ban|ong|ba|bac|chau|con"
    "|da|me|ma|di|cau|mo|o|cu|nghe|hen|hon"
    "|chung tay|bot|may|cai|cac|ca nha|moi nguoi|ba con|ha|he|ne|day|do|ma|thi|la|lam|nhieu|rat|qua|luon|cho|xin"
    "|vay|roi|nay|gium|giup|dum|di|het|that|that la|xiu|ti|chut|tong dai|uy ban|phuong|xa)"
)
GREETING = (
    "(xin chao|chao|chao hoi|hello|helo|heloo|hi|hey|alo|alo alo|chao buoi (sang|trua|chieu|toi)|good morning"
    "|chuc (\\w+ ){0,3}(vui ve|tot lanh|suc khoe))"
)
THANKS = (
    "(cam on|cam on rat nhieu|thank|thanks|thank you|tks|doi on|cam ta|biet on|(biet|hieu|ro|nam|nho|xem) roi"
    "|hieu|vang|da vang|u|uh|uhm|um|ua|ok|oke|oki|okie|okay|okela|duoc roi|tot qua|hay qua|tot|duoc)"
)
BYE = (
    "(tam biet|bye|bye bye|bai|hen gap (lai )?(sau|lai)|gap lai sau"
    "|de (toi|em|tui|minh) (xem|hoi|nghi|coi) (da|lai|them)"
    "|thoi|thoi (the )?nhe|the thoi|vay thoi|khong can( nua| dau)?|khoi( can)?|khong co gi( nua)?|het roi)"
)
NO_MORE = "((khong|hong|thoi)( con)? hoi (gi |them )?nua|het (cau|chuyen) (de )?hoi( roi)?)"
NO = "(khong|hong)"
OPENING = (
    "(cho hoi( xiu| ti| chut| cai| nay| mot| 1| cau| dieu| viec| chuyen| thu)*"
    "|(cho |muon |can |xin |dinh )?(toi |em |e |minh |tui |chau |con |bac )?(muon |can |xin )?hoi"
    "( xiu| ti| chut| cai| nay| mot| 1| cau| dieu| viec| chuyen| thu| chut chuyen)*"
    "|co (ai|nguoi|can bo|ad|admin) (nao )?(o do |o day |truc |onl |online |day |do |nghe |tra loi )*"
    "(khong|hong|hem|the)( (vay|a|ha|do|day))?|ai do( khong)?|co day khong|co do khong"
    "|(ai|can bo|co|chu|anh|chi|ad) (dang )?(truc|onl|online)( khong)?|ranh khong"
    "|(giup|ho tro|tu van) (toi|em|minh|tui|chau|con|giup)( voi| chut| ti| xiu| viec nay)*"
    "|(can bo|ad|admin|chung tay|bot|co|chu|anh|chi) oi|nho (chut|ti|xiu)|nho (can bo|ad) (chut|ti|xiu|viec))"
)
AGAIN = (
    "((noi|giai thich|giang|dien giai|tra loi|viet|doc|nhac|huong dan|ke|chi)( lai| ro| ki| ky| don gian| de hieu| ngan"
    "| gon| cham| cu the| hon| thoi| di| cho| giup| dum| mot lan| lan nua| 1 lan| nua| duoc khong| ro rang| tieng viet"
    "| toi| em| minh| tui| chau| con| bac| voi| chut| ti| xiu| de| hieu| nghe| coi| sao)+"
    "|(khong|chua|chang|hong|no|nghe khong|doc khong|xem khong|van chua|van khong|chua co|cha)"
    "( (hieu|ro|biet|thay|nam))+( gi| chi| het| ca| duoc| lam| ro| y| noi| cai gi| dau| luon)*"
    "|kho hieu( qua| lam)?|hieu (khong noi|chet lien)|(la sao|nghia la sao|nghia la gi|y la sao|the la sao|vay la sao"
    "|y la gi|sao co|la rang|rua la rang)|(dai|dai dong|nhieu chu|chu nhieu)( qua| lam| the)*"
    "|(doc|xem|nghe) (met|hoa mat|chong mat|khong noi|nhuc dau)( qua)?|ngan gon( thoi| hon)?|don gian( thoi| hon)?"
    "|noi tieng nguoi( di)?|noi nhu (cho|cho con nit)( nghe)?)"
)
# Insults and oaths, without marks; those that are another word with other marks carry a neighbour.
RUDE = (
    r"\b(dm|dmm|dkm|dcm|dcmm|vkl|vcl|(?<!tin )vl|vai (lon|lin|ca lon)|clm|cmm|clgt|dit (me|con|cu|bo)|du (ma|me)"
    r"|djt (me|nhau)"
    r"|me (may|kiep|no|cha)|to su|to cha|khon (nan|kiep)|oc (cho|lon|bo)|do (cho|ngu|dien|rac|hen|mat day|toi|khon)"
    r"|cho (chet|de|ma)|thang (cho|dien|ngu)|suc vat|mat day|vo hoc|xao lon|lao toet|bo lao|cut( di| xeo| me|$)"
    r"|ngu (vai|vl|vcl|qua|the|nhu|si|dot|hoc|xuan|lam|bo me|nguoi|ngoc)|(may|bot|con|lu|bon|do|thang|qua|sao) ngu"
    r"|deo (biet|hieu|co|tra|giup|can|lam|duoc|thay|noi|them|ai)|eo (biet|hieu|can)|vo (dung|tich su)|an hai"
    r"|rac ruoi|lam an nhu|dien (a|ha|vai)|dien ha|cho ma|lu (cho|khon)|bo (lao|xao)|con cac|nhu (cac|lon|cut|cc)"
    r"|chan (vai|vl|nhu)|buc (minh|boi|het) (qua|vai|vl|roi)|tuc (qua|chet|minh qua)|(vo|that) trach nhiem|fuck\w*|shit"
    r"|stupid|idiot|im (mom|di)|cam mom|cam hong|lua (nguoi|bip)|do lua)\b"
)
# Typed with its marks the oath is sure.
RUDE_WITH_MARKS = r"đéo|địt|\bđụ\b|\bđù\b|cặc|lồn|buồi|óc chó|chó chết|khốn nạn|mẹ mày|\bngu\b"
