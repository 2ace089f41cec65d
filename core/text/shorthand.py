"""Chat short forms of all of Viet Nam, one line a word: what it stands for, then how it is typed.

Not two readings of one word: what is ambiguous stays as it was typed ("hn", "dk", "nd", "tt", "tk", "tl", "ac", "ca";
"bh" and "cb" alone). Regional words, and what a neighbour decides, are in `regions.py`.
"""

from core.text.characters import bare
from core.text.lists import words

_SHORT_WORDS = """
khong: k kh ko kg khg hk hok kô koh kah khum kong khog kohng khôg
khong phai: kp
duoc: dc dx dcj duok
bao nhieu: bn bnhieu bnhiu bnh bnhju baonhiu bnhjeu bnhiêu baonhieu
nhieu: nhiu nhju nhjeu
nhu the nao: ntn nhtn nhuthenao
the nao: tnao thnao thenao
gi: j ji gj gìj
vay: z zay zậy dzay dzậy v vayj dzạy zây zầy
vao: zao
vui: zui dzui
vo: dzo dzô zô zo
ve: dze dzề
roi: r rùi rui rj roj
voi: vs voj
nguoi: ng ngừi ngui nguoj ngườj
nguoi ta: ngta ngt
moi nguoi: mn mng
minh: mk mik mih mjnh mìh
lam: lm
moi: ms
cung: cx cg
truoc: trc trk
biet: bik bít bit bjt bits bjk bjet piet
thoi: thui thoj
qua: wa qa
quan trong: qtr qtrong
muon: mun mún
nua: nx
phai: fai pai phaj
chua: chx
di: dj đj
thi: thj
khi: khj
toi: toj tôj
ai: aj
lai: laj
oi: oj ơj
that: tht
thich: thik thk thíck
tra loi: trl trloi
hom nay: hnay homnay
hom qua: hqua homqua
hom truoc: htruoc
bay gio: bayh bgio bjo bjờ bâyh bayjờ
gio: h
gia dinh: gđ gđình gdinh
van: vx
chong: ck chồg
vo: vk
nuoc: nc
dien thoai: dt đth đthoai dthoai
so dien thoai: sdt sđth sodt sođt sđthoai
tai khoan: tkhoan
so tai khoan: stk
chuyen khoan: ckhoan
tin nhan: tnhan
cam on: camon tks
xin chao: xinchao
ho so: hoso
o dau: odau
o day: oday
y te: yte
ha noi: hanoi
sai gon: saigon
da nang: danang
viet nam: vietnam
bao hiem: bhiem
bao hiem y te: bhyt bhyte bhitê
bao hiem xa hoi: bhxh bhxhoi
bao hiem that nghiep: bhtn
the bao hiem y te: thebhyt
uy ban nhan dan: ubnd ubndan
uy ban: ub uban
hoi dong nhan dan: hdnd
mat tran to quoc: mttq ubmttq
mat tran: mtran
ngan hang chinh sach xa hoi: nhcsxh nhcs csxh nhcsach
ngan hang: nh
phong giao dich: pgd
can cuoc cong dan: cccd
can cuoc: cc
chung minh nhan dan: cmnd
chung minh thu: cmt
can bo: cbo
so ho khau: shk
ho khau: hkhau
giay khai sinh: gks
to dan pho: tdp
khu dan cu: kdc
truong thon: trthon
bao tro xa hoi: btxh
tro cap xa hoi: tcxh
tro cap: tcap trcap
tro giup phap ly: tgpl
an sinh xa hoi: asxh
cong tac xa hoi: ctxh
dan toc thieu so: dtts đbdtts
nguoi khuyet tat: nkt
khuyet tat: ktat
nguoi co cong: ncc
nguoi cao tuoi: nct
nguoi lao dong: nld
cuu chien binh: ccb
hoi lien hiep phu nu: hlhpn hpn lhpn
hoi nong dan: hnd
kham chua benh: kcb
kham suc khoe: ksk
tram y te: tyt
trung tam y te: ttyt
benh vien da khoa: bvdk
xuat khau lao dong: xkld xkldd
hop dong lao dong: hđlđ
tai nan lao dong: tnlđ
tai nan giao thong: tngt
lao dong thuong binh xa hoi: ldtbxh
giai quyet viec lam: gqvl
giao duc nghe nghiep: gdnn
giao duc thuong xuyen: gdtx
trung tam giao duc thuong xuyen: ttgdtx
dan toc noi tru: dtnt
dan toc ban tru: dtbt
hoc sinh sinh vien: hssv
hoc sinh: hs hsinh
sinh vien: sv svien
dai hoc: dh
hoc phi: hp hphi
giao vien: gv gvien
giao vien chu nhiem: gvcn
nong thon moi: ntm
muc tieu quoc gia: mtqg
chuong trinh muc tieu quoc gia: ctmtqg
giam ngheo ben vung: gnbv
giam ngheo: gngheo
ho can ngheo: hcn
ho kinh doanh: hkd
thoat ngheo: tngheo
giay chung nhan: gcn
quyen su dung dat: qsdđ
giay chung nhan quyen su dung dat: gcnqsdđ
tiet kiem va vay von: tkvv
san xuat kinh doanh: sxkd
san xuat: sx
kinh doanh: kdoanh
cong ty: cty
doanh nghiep: dnghiep
nhan vien: nvien
benh vien: bv bvien
bac si: bs bsi
hop tac xa: htx
nha ve sinh: nvs
ve sinh moi truong: vsmt
nuoc sach ve sinh moi truong: nsvsmt nsvsmtnt
bao ve thuc vat: bvtv
nha van hoa: nvh
hanh chinh cong: hcc
dich vu cong: dvc
ho tro: htro hotro
dang ky: dki dky dangki đkí đký
thu tuc: ttuc
chinh sach: csach
viec lam: vlam
thu nhap: tnhap
gia dinh: gđ
hoan canh: hcanh
ho ngheo: hngheo hnghèo
trung hoc co so: thcs
trung hoc pho thong: thpt
trung uong: tw
ngan sach nha nuoc: nsnn
"""
# Folded words that would pass for raw keys, for a doubled letter or for words written together, and are English,
# loans or names: they stay as they are.
_AS_THEY_ARE = """
abandon all also and anthony app apps are arrow as back bag bags been best big bill blog blogs book books boot boss
bot bots bug bugs bus but call came camera candidate cannot carry cent chat chats check chocolate class click clip
clips code coffee comment concat console cost crop cut damien data dear decode demo does dog dollar done down drop
express fa face fan fans far farm fashion fast fax fee feed feedback feel fees file film fit fix fixed flag food foot
for form format forum found fox free fri from full fun game gas gift girl give good goods green group had has have
hello help her here hers him his home host hot hotel hotline how human iphone is issue jan january jean jeans jeep
jeff jet jim job jobs john join joke jun june just keep know lab lady large last later laws lead left less letter like
limit line link list live log logo logs london long loss lost love low mail mall man mantra map maps march mary mass
media meet mess miss mix mobile money month moon more most move movie must name need net never new news next nor note
notes now number of off office old online only open or order other our over pack page paid part parts party pass past
pay people per phantom phone photo photos pick pizza place plan play please point pop port post posts power price pro
pub radio read ready real register relax report reset rest room root sale sales same save say says school score screen
search see seen sell send sent server set sets shop short should show sim six size smart so sochi socket some song
soon sophia sort sport spot star start state stop store street strong student summer super support sure tag tags talk
tax team tech teen teens term test tests text thank thanks that the their them then there these they thing this those
three through time times tin tips title today too tool tools top total tour town trans tree trend trust try turn type
under up update us user valentin var very via video vii viii vip visa voice vote wait wall wang want war was watch
water way ways we web week well went were west what when where which white who whole why wife wifi will win wins with
woman women word work world would wow write wrong www xii year yes you young your zero zone zoom
"""


def _read(lines: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for line in lines.split("\n"):
        full, _, short = line.partition(":")
        words |= {bare(form): full for form in short.split()}
    return words


SHORT_WORDS = _read(_SHORT_WORDS)
AS_THEY_ARE = words(_AS_THEY_ARE)
