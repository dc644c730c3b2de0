r"""Labelled pairs beyond the shared cases: `RIGHT[category]` and `WRONG[category]` hold (gold, answer as boxed).

Each came from asking what a reader of the category's shared rows would try next, or from a successful attack.
"""

RIGHT: dict[str, list[tuple[str, str]]] = {
    "integer": [
        ("42", "+42"), ("42", r"\phantom{}42") if False else ("42", " 42 "), ("6", r"3!"), ("24", r"4!"), ("-7", "−7"), ("12", "2^2*3"),
        ("1024", "2^{10}"), ("1024", "2^10"), ("100", "10^2"), ("7", "7.0"), ("7", "7.000"), ("0", "0.0"), ("12", "24/2"),
        ("12", r"\frac{24}{2}"), ("-3", r"-\frac{6}{2}"), ("5", "(5)"), ("5", "((5))"), ("5", "{5}"), ("5", "=5"), ("5", "x=5"),
        ("56", r"\binom{8}{3}"), ("56", r"{8 \choose 3}") if False else ("56", r"\dbinom{8}{5}"), ("10", "5+5"), ("1", r"\gcd(3,4)"),
        ("12", r"\mathrm{lcm}(4,6)"), ("15", "15."), ("007", "7"), ("-0", "0"), ("2", r"\lfloor 2.9\rfloor"), ("3", r"\lceil 2.1\rceil"),
        ("7", "|-7|"), ("7", r"\left|-7\right|"), ("3", r"\max(1,2,3)"), ("25", "5**2"), ("12", r"3\ast 4"), ("12", "3*4"), ("-4", "-(4)"),
        ("55", r"\sum_{k=1}^{10} k"), ("120", r"\prod_{k=1}^{5} k"),
    ],
    "fraction": [
        (r"\frac12", r"\frac{1}{2}"), (r"\frac12", "1/2"), (r"\frac12", "2/4"), (r"\frac{-1}{2}", r"-\frac12"), (r"-\frac12", r"\frac{-1}{2}"),
        (r"-\frac12", "-1/2"), (r"-\frac12", "-0.5"), (r"\frac{1}{8}", "0.125"), (r"\frac{1}{8}", r"2^{-3}"), (r"\frac{3}{4}", r"\frac{3}4"),
        (r"\frac{3}{4}", r"\frac34"), (r"\frac{3}{4}", r"\tfrac{3}{4}"), (r"\frac{3}{4}", r"3\div4"), (r"\frac{3}{4}", "¾"), ("0.5", "½"),
        (r"\frac{a+b}{2}", "(a+b)/2"), (r"\frac{1}{x}", "x^{-1}"), (r"\frac{1}{2}x", "x/2"), (r"\frac{2}{3}", r"\frac{2/3}{1}"),
        (r"\frac{1}{3}", r"\frac{1}{1+2}"), ("0.2", r"\frac{1}{5}"), (r"\frac{5}{9}", "0.(5)"), (r"\frac{5}{9}", r"0.\dot{5}"),
        (r"\frac{7}{9}", r"0.\bar{7}"), (r"\frac16", r"0.1\overline{6}"), (r"\frac{1}{7}", r"0.\overline{142857}"),
    ],
    "mixed_number": [
        (r"\frac{7}{3}", r"2\frac13"), ("2.5", "2 1/2"), ("2.5", r"2\tfrac{1}{2}"), (r"-2\frac12", "-2.5"), (r"-\frac52", r"-2\frac{1}{2}"),
        (r"137 \frac{1}{2}", "137.5"), ("1½", "1.5"), (r"\frac{9}{4}", "2 1/4"), (r"1\frac45", "9/5"),
    ],
    "decimal": [
        ("0.5", ".5"), ("0.50", "0.5"), ("3.14", "3.140"), (".0000672", r"6.72\times10^{-5}"), ("1.0", "1"), ("-0.75", r"-\frac34"),
        ("1", r"0.\overline{9}"), ("1234.5", "1,234.5"), ("0.1", r"\frac{1}{10}"),
    ],
    "percent": [
        (r"50\%", "0.5"), (r"50\%", r"\frac12"), (r"50\%", "50%"), (r"50\%", r"50 \%"), (r"12.5\%", r"\frac18"), ("62.5%", r"62.5\%"),
        ("0.05", r"5\%"), (r"8 \%", "8 percent"), (r"33\frac13\%", r"\frac13"), ("20", r"20\%"), (r"\frac{1}{4}", r"25\%"),
    ],
    "units": [
        (r"15\text{ cm}", "15 cm"), (r"15\text{ cm}", r"15\,\mathrm{cm}"), (r"15\mbox{ cm}^2", r"15\text{ cm}^2"), (r"15\mbox{ cm}^2", r"15\text{ cm}^{2}"),
        (r"15\text{ cm}^2", r"15\ \text{square centimeters}"), (r"15\text{ cm}^2", r"15\text{ sq cm}"), ("5", r"5\text{ meters}"), ("5", "5 meters"), ("5", "5 km"),
        ("60", r"60\text{ miles per hour}"), ("60", "60 mph"), (r"60\text{ mph}", r"60\text{ miles per hour}"), ("90", r"90^\circ"), (r"90^\circ", r"90^{\circ}"),
        (r"90^\circ", r"90\text{ degrees}"), (r"90^\circ", "90 degrees"), (r"\frac{270}7\text{ degrees}", r"\frac{270}{7}^\circ"),
        (r"5.4 \text{ cents}", "5.4"), (r"5.4 \text{ cents}", r"5.4\text{ cents}"), (r"2\text{ hours}", r"120\text{ minutes}"), (r"1\text{ km}", r"1000\text{ m}"),
        (r"864 \mbox{ inches}^2", r"864\text{ in}^2"), (r"864 \mbox{ inches}^2", r"6\text{ ft}^2"), ("7", r"7\text{ green apples}"), (r"7\text{ apples}", r"7\text{ apple}"),
        (r"12\text{ m/s}", r"12\,\text{m}/\text{s}"), (r"12\text{ m/s}", r"12\text{ m s}^{-1}"), (r"9.8\text{ m/s}^2", r"9.8\,\mathrm{m/s^2}"), ("3", r"3\text{ units}"),
        (r"2.5\text{ hours}", r"2\text{ hours }30\text{ minutes}"), (r"63\text{ inches}", r"5\text{ feet }3\text{ inches}"), (r"25^\circ\text{C}", r"25^\circ C"),
        (r"25\text{ cm}^3", r"25\text{ cubic centimeters}"), (r"5\pi\text{ cm}", r"5\pi\text{ cm}"), (r"5\pi", r"5\pi\text{ cm}"), (r"3\sqrt{2}", r"3\sqrt{2}\text{ cm}"),
        ("5000000", r"5\text{ million}"), ("24", r"2\text{ dozen}"), (r"\frac{600}{7}", r"\frac{600}{7}\text{ km/h}"), ("12", "12 m/s"),
    ],
    "currency": [
        (r"\$5", "5"), (r"\$5", r"5\text{ dollars}"), ("5", r"\$5"), ("5", "$5"), (r"\$5.00", r"\$5"), (r"\$32,\!348", "32348"), (r"\$32,\!348", r"\$32,348"), ("35", "35€"),
        ("0.75", r"75\text{ cents}") if False else (r"\$0.75", r"75\text{ cents}"), ("20", "20 dollars"), ("20", "¥20"), ("-5", r"-\$5"), (r"\$36", r"36\text{ USD}"), ("35", "35 euros"), ("100", r"\text{USD }100") if False else ("100", r"100\text{ dollars}"),
    ],
    "scientific": [
        ("300000000", r"3\times10^8"), ("300000000", r"3\cdot 10^{8}"), ("300000000", "3e8"), ("300000000", "3E8"), ("3e8", "3×10⁸"), ("3e8", r"3.0 \times 10^{8}"),
        ("4.5e33", r"4.5\times 10^{33}"), ("1e-5", r"10^{-5}"), ("1e-5", "0.00001"), ("5e-5", r"5 \cdot 10^{-5}"), ("6.02e23", "6.02*10^23"), (r"10^{6}", "1,000,000"), ("2.7778e-6", r"2.7778\times10^{-6}"),
        ("30000", r"3 \times 10^4"), (r"3\times 10^8", r"30\times 10^7"),
    ],
    "radical": [
        (r"\sqrt{8}", r"2\sqrt{2}"), (r"\frac{1}{\sqrt{2}}", r"\frac{\sqrt2}{2}"), (r"\frac{\sqrt{3}}{3}", r"\frac{1}{\sqrt{3}}"), (r"\sqrt{12}", "2sqrt(3)"), (r"\sqrt{12}", "sqrt(12)"),
        (r"\sqrt{2}+\sqrt{3}", r"\sqrt{5+2\sqrt{6}}"), (r"\frac{1}{1+\sqrt2}", r"\sqrt2-1"), (r"\sqrt[3]{16}", r"2\sqrt[3]{2}"), (r"\sqrt[3]{-8}", "-2"), (r"5\sqrt[3]{4}", r"5 \cdot 2^{2/3}"),
        (r"\frac{8}{\sqrt[3]{7}}", r"\frac{8\sqrt[3]{49}}{7}"), (r"\sqrt{\frac{1}{2}}", r"\frac{\sqrt{2}}{2}"), ("3", r"\sqrt{9}"), (r"\sqrt{6}", r"\sqrt{2}\sqrt{3}"), (r"\sqrt{6}", r"\sqrt2\cdot\sqrt3"),
        (r"2^{3/2}", r"2\sqrt{2}"), (r"\sqrt{2\sqrt{2}}", r"2^{3/4}"), (r"4-2\sqrt3", r"(\sqrt3-1)^2"), (r"\sqrt{7+4\sqrt{3}}", r"2+\sqrt3"), (r"\frac{3+\sqrt5}{2}", r"\left(\frac{1+\sqrt5}{2}\right)^2"),
        (r"\frac{15-8\sqrt3}{33}", r"\frac{5}{11}-\frac{8\sqrt3}{33}"), (r"\sqrt[3]{2+\sqrt5}", r"\frac{1+\sqrt5}{2}"), ("1", r"\sqrt[3]{2+\sqrt{5}}+\sqrt[3]{2-\sqrt{5}}"), (r"\sqrt{51}", "√51"), (r"\sqrt{51}", r"\sqrt51"), (r"\sqrt[4]{4}", r"\sqrt2"),
        (r"\sqrt{x+1}", r"(x+1)^{1/2}"), (r"2\sqrt{x+1}", r"\sqrt{4x+4}"), (r"\frac{1}{\sqrt{x}}", r"\frac{\sqrt{x}}{x}"), (r"x^{1/2}", r"\sqrt{x}"), (r"x^{3/2}", r"x\sqrt{x}"), (r"\sqrt{x^2+1}", r"\sqrt{1+x^2}"),
    ],
    "trig_constants": [
        (r"\frac12", r"\sin 30^\circ") if False else (r"\frac12", r"\sin\frac{\pi}{6}"), (r"\frac{\sqrt2}{2}", r"\cos\frac{\pi}{4}"), ("1", r"\tan\frac\pi4"), (r"\frac{\pi}{3}", r"\arccos\frac12"), (r"\frac{\pi}{6}", r"\arcsin\frac12"),
        (r"\frac{\pi}{6}", r"\sin^{-1}\frac12"), ("e", r"\mathrm{e}"), ("e", r"e^1"), (r"e^{2}", r"\exp(2)"), (r"2\pi", "2π"), (r"2\pi", "2pi"), (r"2\pi", r"\pi\cdot2"), (r"\frac{\pi}{2}", r"\pi/2"), (r"\frac{\pi}{2}", r"0.5\pi"),
        (r"\sin x", r"\sin(x)"), (r"\sin(x)", "sin x"), (r"\cos(2x)", r"\cos^2 x-\sin^2 x"), (r"\cos 2x", r"2\cos^2x-1"), (r"\sin(a+b)", r"\sin a\cos b+\cos a\sin b"), (r"\cot x", r"\frac{1}{\tan x}"), (r"\cot x", r"\frac{\cos x}{\sin x}"),
        (r"\sec^2 x", r"1+\tan^2 x"), (r"\sin 3x", r"3\sin x-4\sin^3 x"), (r"\cos\frac{\pi}{5}", r"\frac{1+\sqrt5}{4}"), (r"\sin\frac{\pi}{10}", r"\frac{\sqrt5-1}{4}"), (r"\frac{\sqrt6+\sqrt2}{4}", r"\cos 15^\circ") if False else (r"\frac{\sqrt6+\sqrt2}{4}", r"\cos\frac{\pi}{12}"),
        ("-1", r"e^{i\pi}"), ("-1", r"\cos\pi"), (r"\cosh x", r"\frac{e^x+e^{-x}}{2}"), (r"\sqrt{2} \cos (2 t-\pi / 4)", r"\cos 2t+\sin 2t"), ("0", r"\sin\pi"), (r"\sin x", r"\cos(\frac{\pi}{2}-x)"), ("1", r"\sin^2 x+\cos^2 x"), (r"\pi", r"4\arctan 1"), (r"\tan^2x", r"\sec^2x-1"),
        (r"\frac{1}{2}", r"\cos 60^\circ"), (r"\frac{\sqrt{3}}{2}", r"\sin(60^\circ)"),
    ],
    "polynomial": [
        ("x^2-1", "-1+x^2"), ("x^2+2x+1", "(1+x)^2"), ("x^2+2x+1", "x*x+2*x+1"), ("2(x+1)", "2x+2"), ("(x+1)(x+2)(x+3)", "x^3+6x^2+11x+6"), ("ab+ac", "a(b+c)"), (r"\frac{x+y}{2}", r"\frac12x+\frac12y"), ("6r^2-4r-24", r"2(3r^2-2r-12)"),
        ("x^2", "x²"), ("x^{10}", "x^10"), (r"(a+5)(b+2)", "ab+2a+5b+10"), (r"\frac{x^2+x}{x}", "x+1"), (r"\frac{1}{x-1}-\frac{1}{x+1}", r"\frac{2}{x^2-1}"), ("5r^5", r"5\cdot r^5"), ("x^5 - x^4 + x^3 - x^2 + x - 1", "(x-1)(x^4+x^2+1)"), ("(x+y)^{12}", "(y+x)^{12}"), ("(x+1)^{60}", "(1+x)^{60}"),
        ("2^{n+1}", r"2\cdot 2^n"), ("2^{2n}", "4^n"), ("x^{n+1}", r"x\cdot x^n"), (r"\frac{n(n+1)}{2}", r"\frac{n^2+n}{2}"), (r"\binom{n}{2}", r"\frac{n(n-1)}{2}"), ("n!", r"n\cdot (n-1)!"), (r"\frac{1}{2n+2}", r"\frac{1}{2(n+1)}"), ("(n-2)2^n+1", "n2^n-2^{n+1}+1"), ("-13x+3", "3-13x"), ("xy", "yx"), ("xyz", "zyx"), ("3R^2", "3R^{2}"), ("2RC+R+C", "R+C+2CR"), ("p-q", r"-(q-p)"), (r"a^2-b^2", r"(a-b)(a+b)"),
    ],
    "equation": [
        ("x=5", "5=x"), ("x=5", "x=10/2"), ("5", "x=5"), ("5", "5=x"), ("y=2x+3", "2x+3"), ("2x+3", "y=2x+3"), ("y=2x+3", "y-2x=3"), ("y=2x+3", "2y=4x+6"), ("x^2+y^2=25", "25=x^2+y^2"), ("x^2+y^2=25", "x^2+y^2-25=0"), ("x=2,y=3", "y=3,x=2"), ("x=2,y=3", r"x=2\text{ and }y=3"),
        ("x=1 or x=2", "1, 2"), ("x=1,2", "x=1, x=2"), ("x=1,2", "1,2"), (r"5x - 7y + 11z + 4 = 0", r"-5x+7y-11z=4"), ("y=-2x", "2x+y=0"), ("k=1", "1"), ("x=5", r"x\,=\,5"), (r"y=\frac{x}{2}", "2y=x"), ("x = \\pm 2", "x=2 or x=-2"), ("x=\\pm2", "\\pm2"), ("12", "3+9=12"), ("12", "x=3\\cdot4=12"), ("xy=1", "1-xy=0"), ("(x-1)^2+(y-2)^2=9", "x^2-2x+y^2-4y=4"),
        (r"\sqrt{26}", r"\sqrt{26}\approx 5.099"), ("5", r"\text{Area}=5"), ("MR=SRMC", "SRMC=MR"),
    ],
    "inequality": [
        ("x<3", "3>x"), ("x<3", "x<3.0"), ("x<3", "x-3<0"), ("x<3", "2x<6"), ("x>-3", "-x<3"), (r"x\ge 3", "x>=3"), (r"x\ge 3", "x≥3"), (r"x\ge3", r"3\le x"), ("x<3", r"(-\infty,3)"), (r"x\le3", r"(-\infty,3]"), ("1<x<2", "(1,2)"), ("1<x<2", r"x>1\text{ and }x<2"), (r"x\neq3", r"x\ne 3"), (r"x \neq 3", r"(-\infty,3)\cup(3,\infty)"), (r"x\neq3", r"\mathbb{R}\setminus\{3\}"), ("x<-2 or x>2", "x>2 or x<-2"), (r"x<-2\text{ or }x>2", r"(-\infty,-2)\cup(2,\infty)"),
        ("y>2x+1", "2x+1<y"), ("y>2x+1", "y-2x-1>0"), (r"k \geqslant 2", r"k\ge 2"), (r"-2\le x\le 7", r"7\ge x\ge -2"), (r"x \in [-2,7]", "[-2,7]"), (r"x \in [-2,7]", r"-2\leq x\leq 7"), (r"0\le x<1", "[0,1)"),
    ],
    "interval": [
        ("(0,1)", "]0,1["), ("[0,1]", r"\left[0,1\right]"), (r"(-\infty,\infty)", r"\mathbb{R}"), ("(2,\\infty)", "(2,+∞)"), ("[1,3]", r"\{x: 1\le x\le 3\}"), ("[1,3]", r"\{x\mid 1\le x\le 3\}"), (r"[1,3]", r"\{x\in\mathbb{R} : 1\le x\le3\}"), (r"[\frac12,8]", "[0.5, 8]"), (r"(-\sqrt3,\sqrt3)", r"(-3^{1/2},3^{1/2})"), ("(3,4]", "3<x\\le4"), (r"\left[ \frac{\pi^2}{8}, \frac{5 \pi^2}{4} \right]", r"[\pi^2/8,5\pi^2/4]"), ("(a,a+1)", "(a,1+a)"), ("[a,b)", "[a,b)"),
        ("(0,\\infty)", r"\mathbb{R}^+"), ("(5,\\infty)", "x>5"), ("(1,2)", "1<x<2"),
    ],
    "union": [
        ("[0,1]\\cup[1,2]", "[0,2]"), (r"(-\infty, 2) \cup (3, \infty)", r"(3,\infty)\cup(-\infty,2)"), (r"(0,9) \cup (9,36)", r"(0,36)\setminus\{9\}"), (r"(-\infty, 0) \cup\{1\}", r"\{1\}\cup(-\infty,0)"), ("(0,9)\\cup(9,36)", "(0,9)U(9,36)"), (r"\{1,2\}\cup\{3\}", r"\{3,2,1\}"), (r"\mathbb{R}\setminus\{0\}", r"(-\infty,0)\cup(0,\infty)"), (r"\mathbb{R}\setminus\{0\}", r"x\ne0"), (r"\mathbb{R}-\{0\}", r"\mathbb{R}\setminus\{0\}"), (r"(2,12) \cup (12,102)", "(2,12)∪(12,102)"),
    ],
    "set": [
        (r"\{1,2,3\}", r"\{3,2,1\}"), (r"\{1,2,3\}", "{1,2,3}"), (r"\{1,2,3\}", "1, 2, and 3"), ("1,2,3", "3,1,2"), ("1,2,3", r"1,2\text{ and }3"), ("1,-2", r"-2\text{ and }1"), ("1,-2", r"\{1,-2\}"), (r"\pm 2", "2,-2"), (r"\pm 2", r"\{-2,2\}"), ("2,-2", r"\pm2"), (r"\pm2", r"x=\pm 2"), (r"\{1\pm\sqrt{5},-2\}", r"\{-2,1-\sqrt5,1+\sqrt5\}"), (r"\emptyset", r"\{\}"), (r"\emptyset", "∅"), (r"\{0\}", "{0}"), (r"\{a,b\}", r"\{b,a\}"), ("3, 5, 7", "7,5,3"), ("$69$,$84$", "84, 69"),
        (r"\frac{1}{3},-2,5", "5;-2;1/3"), ("1,3,5,15", "{1, 3, 5, 15}"), ("2500,7500", "7500,2500"), ("2500,7500", "7,500, 2,500"), ("2400, 1350, 864", "864, 1350, 2400"), ("27,54,108,135", "135,108,54,27"), (r"\{x : x^2=4\}", r"\{x : x^2=4\}"), (r"f(x)=x,f(x)=-x", "f(x)=-x, f(x)=x"), ("$f(x)=x$,$f(x)=2-x$", "f(x)=2-x and f(x)=x"),
    ],
    "tuple": [
        ("(1,2)", r"\left(1,2\right)"), ("(1,2)", "( 1 , 2 )"), ("(1,2,3)", "1,2,3"), ("(1,2,3)", r"\langle 1,2,3\rangle"), ("(x,y)=(7,6)", "x=7,y=6") if False else ("(7,6)", "(x,y)=(7,6)"), (r"(3,\frac{\pi}{2})", r"(3,\pi/2)"), ("(1,2),(3,4)", r"\{(1,2),(3,4)\}"), ("(1,2),(3,4)", r"(1,2)\text{ and }(3,4)"), ("(6,31,-1)", "(6, 31, -1)"), (r"(2+\sqrt2,1+\sqrt2)", r"(\sqrt2+2,\sqrt2+1)"), (r"(22+8\sqrt6,22-8\sqrt6)", r"(22+8\sqrt{6}, 22-8\sqrt{6})"), ("(0.5,1)", r"\left(\tfrac12,1\right)"), ("(1,2,3)", "[1,2,3]"),
        (r"(45^{\circ}, 60^{\circ}),(135^{\circ}, 60^{\circ})", r"(135^\circ,60^\circ),(45^\circ,60^\circ)"),
    ],
    "matrix": [
        (r"\begin{pmatrix}1\\2\end{pmatrix}", r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"), (r"\begin{pmatrix}1\\2\end{pmatrix}", r"\left(\begin{array}{c}1\\2\end{array}\right)"), (r"\begin{pmatrix}0.5&1\end{pmatrix}", r"\begin{pmatrix}\frac12&1\end{pmatrix}"), (r"\begin{pmatrix} -1/3 \\ 2/3 \\ 5/3 \end{pmatrix}", r"\frac13\begin{pmatrix}-1\\2\\5\end{pmatrix}"), (r"\begin{pmatrix} -1 & 0 \\ 0 & -1 \end{pmatrix}", r"-\begin{pmatrix}1&0\\0&1\end{pmatrix}"), (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"\begin{pmatrix}1&2\\3&4\\\end{pmatrix}"), (r"\begin{pmatrix}a&b\end{pmatrix}", r"\begin{pmatrix}a & b\end{pmatrix}"), (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"A=\begin{pmatrix}1&2\\3&4\end{pmatrix}"),
    ],
    "complex": [
        ("1+2i", "2i+1"), ("1+2i", "1+2*i"), ("1+2i", r"1+2\mathrm{i}"), ("i", r"\sqrt{-1}"), ("2i", r"\sqrt{-4}"), (r"\frac{1}{1+i}", r"\frac{1-i}{2}"), ("-2+7i", "7i-2"), ("1", "i^4"), (r"1+i\sqrt3", r"2e^{i\pi/3}"), ("(1+i)^2", "2i"), ("5", "|3+4i|"), (r"-8-8 \sqrt{3} i", r"-8(1+\sqrt3i)"), (r"1+\sqrt{3} i", r"1+i\sqrt{3}"), ("-i", r"\frac1i"), (r"\frac{\sqrt{2}}{2}+\frac{\sqrt2}{2}i", r"e^{i\pi/4}"), ("3-4i", "(2-i)^2"), ("1+274i", "274i+1"), (r"\frac{e^{2 i t}}{(2+2 i)}", r"\frac{(1-i)e^{2it}}{4}"), (r"\pm i", "i,-i"),
    ],
    "infinity_pm": [
        (r"\infty", "∞"), (r"\infty", "infinity"), (r"-\infty", "-infinity"), (r"3\pm 2", "5,1"), (r"\pm\sqrt2", r"\sqrt2,-\sqrt2"), (r"1\pm\sqrt{19}", r"1+\sqrt{19}\text{ or }1-\sqrt{19}"), (r"\pm3", r"3, -3"), (r"\frac{1\pm\sqrt5}{2}", r"\frac{1+\sqrt5}{2},\frac{1-\sqrt5}{2}"), (r"1\pm\sqrt{19}", r"1\mp\sqrt{19}"), (r"\infty", r"x\to\infty") if False else (r"\infty", r"+\infty"),
    ],
    "log": [
        (r"\log_2 8", "3"), ("3", r"\log_2 8"), (r"\ln 8", r"3\ln2"), (r"\ln 6", r"\ln2+\ln3"), (r"\ln\frac12", r"-\ln2"), (r"\log_{10} 100", "2"), (r"\log_3 9", "2"), (r"\frac{\log 2}{\log 3}", r"\log_3 2"), (r"\frac{\log 2}{\log 2-\log 3}", r"\frac{\ln2}{\ln2-\ln3}"), (r"2,-\log _{10} 250", r"2,-\log_{10}250"), (r"\ln\sqrt2", r"\frac12\ln2"), (r"\ln 2x", r"\ln2+\ln x"), (r"e^{\ln 5}", "5"), (r"\log_4 8", r"\frac32"), (r"\log_2 3\cdot\log_3 2", "1"), (r"\ln(x+1)", r"\ln(1+x)"), (r"\ln 1", "0"), (r"\ln 2 + i\pi / 3", r"\frac{i\pi}{3}+\ln 2"), (r"\log_{2}(3)+1", r"\log_2 6"), (r"\lg 100", "2"), (r"-\tau \ln \Delta", r"\tau\ln\frac{1}{\Delta}") if False else (r"-\tau \ln \Delta", r"-\ln(\Delta)\tau"),
    ],
    "text": [
        ("Tuesday", "tuesday"), ("Tuesday", r"\textbf{Tuesday}"), (r"\text{Evelyn}", "Evelyn"), (r"\text{yes}", "Yes."), ("Yes", r"\text{yes}"), (r"\text{ellipse}", r"\text{an ellipse}"), (r"\text{north east}", r"\text{North East}"), ("True", r"\text{true}"), (r"\text{no solution}", r"\text{No solutions}"), ("red", r"\text{Red}"), (r"\text{even}", "even"), ("does not exist", "DNE"), ("five", "5"), ("5", r"\text{five}"), (r"\text{Navin}", r"\mathrm{Navin}"), ("abc", r"a\cdot b\cdot c"),
    ],
    "multiple_choice": [
        ("C", "(C)"), ("C", r"\textbf{(C)}"), ("C", r"\mathrm{C}"), ("C", r"\mathbf{C}"), ("C", "C."), ("C", "C)"), (r"\text{(C)}", r"\text{C}"), (r"\text{(C)}", "(C)"), ("A,C", r"\text{A and C}"), ("A,C", "C, A"), ("B", r"\text{B}"), ("B", r"\text{Option B}"), ("E", "E"), ("D", r"\boxed{D}"),
    ],
    "base_n": [
        ("204_5", "204_{5}"), ("204_5", r"204_\text{five}"), ("4210_{5}", "4210_5"), (r"\text{A3}_{16}", "A3_{16}"), ("101_2", "101_{two}"), ("101_2", r"101\text{ (base 2)}"), ("FF_{16}", r"\text{FF}_{16}"), ("1A_{16}", "1a_{16}"), ("0101_2", "101_2"), ("2516_8", "2516_{8}"), ("40_9", "40_{(9)}"),
    ],
    "time": [
        ("3:45", r"3\!:\!45"), ("3:45", "3:45"), ("12:00", r"12\!:\!00"), ("1:2", "2:4"), ("3:45 PM", r"3:45\text{ pm}"), (r"3:45\text{ p.m.}", "3:45 PM"), ("2:3:4", "4:6:8"), (r"5:3", r"5 : 3"), ("4:20", r"4:20\text{ PM}"),
    ],
    "function": [
        ("f(x)=x^2", "x^2"), ("x^2", "f(x)=x^2"), ("f(x)=x^2", "y=x^2"), ("f(x)=x^2", "f(t)=t^2"), (r"f(x)=\frac{1}{x}", r"\frac1x"), ("f(n)=n", "n"), ("g(x)=x^2-2x+2", "g(x)=(x-1)^2+1"), (r"p(x)=\frac{(x-1)(x-2)}{6}", r"\frac{x^2-3x+2}{6}"), ("f^{-1}(x)=x-1", r"f^{-1}(x) = -1+x"), ("a_n=2n-1", "a_n = -1+2n"), ("f(n)=n, g(n)=1", "g(n)=1, f(n)=n"), ("M=2^{N-2}+1", "2^{N-2}+1"), ("f'(x)=2x", "2x"), ("P(x)=x^2+1", "P(x)=1+x^2"), ("f(2)+f(3)", "f(3)+f(2)"), (r"N(n)=\left\lfloor\frac{2 n}{3}\right\rfloor+1", r"1+\lfloor 2n/3\rfloor"), ("f(x,y)=xy", "xy"),
    ],
    "subscript": [
        ("x_1", "x_{1}"), ("x_1+x_2", "x_{2}+x_{1}"), ("x_{12}", "x_{12}"), ("a_{n+1}", "a_{1+n}"), ("x₁", "x_1"), (r"v_{\text{max}}", r"v_{\max}"), (r"\lambda_{\text {red}} / \sqrt{2}", r"\frac{\lambda_{\text{red}}}{\sqrt2}"), ("x'", r"x^{\prime}"), ("x''", r"x^{\prime\prime}"), (r"C_{1} e^{t}+C_{2} e^{-t}", "C_2e^{-t}+C_1e^t"), (r"\frac{1}{3} E_{1}+\frac{2}{3} E_{2}", r"\frac{E_1+2E_2}{3}"), (r"\hat{x}", r"\hat x"), ("E_{1},E_{2}", "E_2, E_1"), ("T_{n}", "T_n"),
    ],
    "latex_noise": [
        ("10000", "10,000"), ("5", r"\displaystyle 5"), ("5", r"\textbf{5}"), ("5", r"\text{5}"), ("5", r"\mathrm{5}"), ("5", r"\color{red}{5}"), ("5", r"\textcolor{blue}{5}"), ("5", r"{\color{red}5}"), ("5", r"\large 5"), ("5", r"~5~"), ("5", r"5\\"), ("5", r"5\,"), ("5", r"\bf 5"), ("x+1", r"x\!+\!1"), ("x+1", r"\bigl(x+1\bigr)"), ("x+1", r"\Big(x+1\Big)"), (r"\frac12", r"{1\over 2}") if False else (r"\frac12", r"\frac 1 2"), (r"\frac12", r"\frac{ 1 }{ 2 }"), (r"\frac{a}{b}", r"\frac{a} {b}"), (r"\sqrt{2}", r"\sqrt 2"), (r"\sqrt{2}", r"{\sqrt{2}}"), (r"\sqrt{x}", r"\sqrt x"), ("5", "$5$"), ("5", r"\(5\)"), ("5", r"\mbox{5}"), ("x^2", "x^{2}"), ("x^2", "{x}^{2}"), ("x^{2}", "x^{{2}}"), (r"(1,2)", r"\left( 1,\; 2 \right)"), (r"11,\! 111,\! 111,\! 100", "11111111100"), ("x", r"\mathit{x}"), (r"\frac{5}{2}", r"\dfrac52"), ("5", r"\hspace{1cm}5"), ("3x", r"3\,x"), ("5", "**5**"), (r"x\leq3", r"x\leqslant 3"), (r"\triangle ABC", r"\triangle ABC"), ("2\\cdot3", "2 \\cdot 3"),
    ],
    "unicode": [
        (r"\pi", "π"), (r"2\sqrt{3}", "2√3"), (r"\sqrt{10}", "√10"), (r"\sqrt{x+1}", "√(x+1)"), (r"\frac12", "1⁄2"), ("x^2", "x²"), ("x^{-1}", "x⁻¹"), ("x_1", "x₁"), ("x^{10}", "x¹⁰"), (r"x\ne3", "x≠3"), ("x", "𝑥"), (r"\alpha", "α"), (r"\infty", "∞"), ("-5", "−5"), ("5", "５"), ("12", "３×４"), (r"\pm3", "±3"), ("6", "2·3"), ("6", "2⋅3"), (r"\mathbb{R}", "ℝ"), (r"(-\infty,0)\cup(0,\infty)", "(−∞,0)∪(0,∞)"), ("90", "90°"), (r"\frac{1}{2}", "½"), ("x+1", "（x+1）"), ("1000", "1 000"), (r"\sqrt[3]{5}", "∛5"), (r"\lfloor x\rfloor", "⌊x⌋"), (r"\theta", "𝜃"), ("5", "\u20625"), ("1,2", "1，2"),
    ],
    "thousands": [
        ("1000", "1,000"), ("1000", "1{,}000"), ("1000", r"1\,000"), ("1000000", "1,000,000"), ("1000000", "1 000 000"), ("58,500", "58500"), ("1,234.5", "1234.5"), ("10,\\!080", "10,080"), ("-1234", "-1,234"), ("1234567.89", "1,234,567.89"), (r"\$1,234", "1234"),
    ],
    "domain_identity": [
        (r"\frac{x^2}{x}", "x"), ("|x|", "|-x|"), ("|x-1|", "|1-x|"), (r"\sqrt{x^2}", "|x|"), ("x^2", "|x|^2"), (r"\lfloor x+1\rfloor", r"\lfloor x\rfloor+1"), (r"\lceil x\rceil", r"-\lfloor -x\rfloor"), (r"\sqrt{x^2+2x+1}", "|x+1|"), ("|xy|", "|x||y|"), ("1", r"\frac{x}{x}"), (r"\max(a,b)", r"\max(b,a)"), (r"|2x-2|", "2|x-1|"), (r"\sqrt{4x^2}", "2|x|"),
    ],
}  # fmt: skip

WRONG: dict[str, list[tuple[str, str]]] = {
    "integer": [
        ("42", "24"), ("42", "4 2"), ("42", "42x"), ("42", "4.2e2"), ("42", "42!"), ("42", "042.1"), ("10", "1 0"), ("100", "10^3"), ("5", "5i"), ("5", "5.0001"), ("5", "5,0"), ("5", "5/2"), ("5", r"5\sqrt{1.0000001}"), ("5", r"5+10^{-30}"), ("5", r"5+\frac{1}{10^{100}}"), ("0", r"10^{-50}"), ("0", r"2^{-99}"),
        ("12", "1 2"), ("12", "3,4"), ("12", "(3)(5)"), ("7", "|7|i"), ("5", r"5\text{ or }5.5"), ("5", r"\frac{5\cdot0}{0}"), ("5", r"5\cdot\frac{0}{0}"), ("1", "0^0") if False else ("5", "0^0"), ("5", r"\frac{5(\sqrt{3+2\sqrt2}-1-\sqrt2)}{\sqrt{3+2\sqrt2}-1-\sqrt2}"), ("1", r"\frac{\cos\frac{\pi}{5}-\cos\frac{2\pi}{5}-\frac12}{\cos\frac{\pi}{5}-\cos\frac{2\pi}{5}-\frac12}"), ("5", r"5\pm0"), ("5", "5..6"), ("5", "5...6"), ("5", "5-6"), ("5", r"5\sim6"), ("5", r"5\approx6"), ("5", r"6\approx5"), ("5", "x=5=6"), ("5", "5=6"), ("5", "6=5"), ("5", "x=5,6"),
        ("170141183460469231731687303715884105727", "0"), ("0", "170141183460469231731687303715884105727"),
    ],
    "fraction": [
        (r"\frac12", r"\frac21"), (r"\frac12", "1,2"), (r"\frac12", "12"), (r"\frac{1}{3}", "0.33"), (r"\frac{1}{3}", "0.333"), (r"\frac{1}{3}", r"0.333\ldots4") if False else (r"\frac13", "0.3334"), (r"\frac{a}{b}", r"\frac{b}{a}"), (r"\frac{1}{2004!}", r"\frac{1}{2006!}"), (r"\frac{1}{100!}", r"\frac{1}{101!}"), (r"\frac{1}{x+1}", r"\frac{1}{x}+1"), (r"\frac12", r"\frac1{20}"), (r"\frac{2}{3}", r"\frac{2}{3}\%"), (r"\frac{1}{23}", r"\frac123"), (r"-\frac12", r"\frac12"),
    ],
    "mixed_number": [(r"\frac{3}{2}", "3 1/2"), ("11/2", r"1\frac12"), (r"\frac{21}{4}", "2 1/4"), ("2", r"1\frac12"), (r"\frac{1}{2}", r"1\frac{1}{2}"), ("1.5", r"1\cdot\frac12"), (r"-\frac32", r"-2\frac12"), ("3", r"1\frac{1}{2}\cdot3"), ("7", "3 4")],
    "decimal": [("0.1", "0.10001"), ("3.14", r"\pi"), (r"\pi", "3.14"), (r"\pi", "3.14159"), (r"\sqrt2", "1.41421"), ("1", "0.999999999999"), ("0.1", "1"), ("0.5", "5"), ("2.5", "25"), ("1.5", "1,5"), ("1234", "1.234"), ("1e-7", "2e-7"), (r"\frac13", "0.3333333334"), (r"\sqrt2", "1.41421356238"), (r"\sqrt2", "1.4142135623"), ("5", "4.9999999999"), ("5", "5.0000000000001"), (r"\frac18", "0.1250000001")],
    "percent": [(r"50\%", "0.05"), (r"50\%", r"0.5\%"), ("0.5", r"0.5\%"), ("0.28", r"0.28\%"), (r"28\%", "0.028"), (r"28\%", "2.8"), ("1", r"1\%"), (r"28\%", r"28\text{ cm}"), (r"50\%", r"50^\circ"), (r"100\%", "10"), (r"28\%", r"-28\%"), ("5", r"500\%x")],
    "units": [(r"15\text{ cm}", r"15\text{ m}"), (r"15\text{ cm}", r"15\text{ cm}^2"), (r"15\text{ cm}^2", r"15\text{ cm}^3"), (r"15\text{ cm}", r"150\text{ cm}"), (r"15\text{ cm}", r"15\text{ kg}"), (r"1\text{ m}", r"10\text{ cm}"), ("12", "12x"), ("12", "12m"), ("12", "12s"), ("5", r"5\text{ or }6"), ("5", r"5\text{ is wrong}"), ("5", r"\text{not }5"), ("5", r"5\text{ more than }x"), ("5", r"\text{at least }5"), ("5", r"5\text{ million}"), ("5", r"5\text{ dozen}"), (r"7\text{ apples}", r"7\text{ oranges}"), (r"90^\circ", r"\pi"), (r"90^\circ", r"90\text{ m}"), (r"60\text{ mph}", r"60\text{ km/h}"), (r"2\text{ hours}", r"2\text{ minutes}"), ("8", r"8\text{ hundred}"), (r"25^\circ C", r"25^\circ F"), ("8", r"\text{about }8"), ("5", r"5\text{ feet }3\text{ inches}"), ("5", r"5\text{ minus }2"), (r"12\text{ m/s}", r"12\text{ m}"), (r"5\text{ cm}", "5x"), ("90", r"90\pi^\circ")],
    "currency": [(r"\$5", r"\$50"), (r"\$5", r"5\text{ cents}"), (r"\$5", "€5"), (r"\$5", "£5"), (r"\$0.75", "75"), (r"\$18.90", "18.09"), ("5", r"\$0.05"), (r"\$5", r"5\text{ cm}"), (r"\$1,200", r"\$1.200")],
    "scientific": [("3e8", "3e9"), ("3e8", "3e-8"), (r"3\times10^8", r"3\times10^{-8}"), (r"3\times10^8", r"3+10^8"), (r"3\times 10^8", "308"), ("1e-30", "0"), ("1e-30", "2e-30"), (r"10^{-20}", r"10^{-21}"), ("6.02e23", "6.03e23"), ("1e6", "1e"), ("1e400", "1e401"), (r"1.0\times10^{-9}", r"1.1\times10^{-9}"), ("1e6", "16")],
    "radical": [(r"\sqrt2", "2"), (r"\sqrt2", r"\sqrt3"), (r"2\sqrt3", r"\sqrt{6}"), (r"\sqrt{2}+\sqrt3", r"\sqrt5"), (r"\sqrt[3]{2}", r"\sqrt{2}"), (r"3\sqrt{2}", r"\sqrt[3]{2}"), (r"\sqrt{2}", r"-\sqrt2"), ("4", r"4\sqrt2"), (r"\sqrt{17}", "4.123"), (r"\sqrt{10001}+\sqrt{9999}", r"2\sqrt{10000}"), ("2", r"\sqrt[3]{-8}"), (r"\sqrt{2+\sqrt2}", r"\sqrt2+1"), (r"\sqrt{7+4\sqrt{3}}", r"2-\sqrt3"), (r"\sqrt{a+b}", r"\sqrt a+\sqrt b"), (r"\sqrt{x^2+1}", "x+1"), (r"\sqrt{x}", "-\\sqrt{x}"), (r"x^{3/2}", "x^{2/3}")],
    "trig_constants": [(r"\sin x", r"\cos x"), (r"\sin 2x", r"2\sin x"), (r"\sin^2x", r"\sin x^2"), (r"\pi", r"\frac{22}{7}"), (r"\pi", "3.1415926"), (r"\arctan2", r"\frac{\pi}{3}"), (r"\cos(x+y)", r"\cos x\cos y+\sin x\sin y"), (r"\sin x", r"\sin(x+2\pi k)"), (r"\arcsin x", r"\frac{1}{\sin x}"), (r"\sin\frac{\pi}{7}", r"\sin\frac{\pi}{8}"), (r"e^x", "x^e"), (r"e^{-t}", "e^t"), (r"\frac{\pi}{4}", "45"), (r"\pi^2", "10"), (r"e^{\pi}", r"\pi^e"), (r"e^{\pi\sqrt{163}}", "262537412640768744"), (r"\tan x", r"\sin x\cos x"), ("0", r"\sin(\pi x)"), (r"\sin(x)", r"\sin(y)")],
    "polynomial": [("x^2-1", "x^2+1"), ("x^2", "2x"), ("x^2", "x2"), ("xy", "x+y"), ("x", "y"), ("x", "X"), ("a", "A"), ("(x+1)^2", "x^2+1"), ("x^2y", "xy^2"), ("x+10^{-20}", "x"), ("x", r"x+0\cdot\frac{1}{0}"), ("2^{n}", "2n"), ("n^2", "2^n"), ("2^{n+1}", "2^{n}+1"), ("(x+1)^{60}", "(x+1)^{61}"), ("(x+1)^{60}", "(x-1)^{60}"), ("n!", "n"), (r"\binom{2n}{n}", r"\binom{2n}{n+1}"), ("x^5-1", "x^5-1+10^{-9}"), ("2x+3", "3x+2"), (r"\frac{n(n+1)}{2}", r"\frac{n(n-1)}{2}"), ("ab", "a+b"), ("-n^2", "(-n)^2"), ("(-1)^n", "-1^n"), ("x^{2^3}", "(x^2)^3"), ("x", "x+170141183460469231731687303715884105727"), ("x", "x+6864797660130609714981900799081393217269435300143305409394463459185543183397656052122559640661454554977296311391480858037121987999716643812574028291115057151")],
    "equation": [("x=5", "x=-5"), ("x=5", "y=5"), ("x=5", "x>5"), ("x=5", "x\\ne5"), ("y=2x+3", "x=2y+3"), ("y=2x+3", "y=-2x-3"), ("x=1,y=2", "x=2,y=1"), ("x=1,y=2", "1"), ("x=2,y=3", "x=2"), ("x^2=4", "x=2"), ("x=2", "x^2=4"), ("5", "2x=5"), ("5", "x=5y"), ("5", "x+5=y"), ("x=1 or x=2", "x=1"), ("x=1 or x=2", "1"), ("x+y=1", "x+y=2"), ("x^2+y^2=1", "(x^2+y^2)^2=1"), ("x=0", "xy=0"), ("y=x", "y=x+0\\cdot\\frac{1}{0}"), ("x=5", "(x-5)^2=0"), ("x=5", "5x=5"), ("5", "x=5,y=6"), ("x=y", "0=0"), ("y=2x", "0=0"), ("0=0", "1=1") if False else ("y=2x", "1=1"), ("5", "5=5=6"), ("3", "x=3 or 4")],
    "inequality": [("x<3", "x>3"), ("x<3", "x<4"), ("x<3", "y<3"), ("x<3", "3"), ("x<3", "x=3"), ("x<3", "3<x"), ("x<3", r"x\le3"), ("x<3", "-x<-3"), (r"x\ge3", "x>3"), ("1<x<2", "1>x>2"), ("1<x<2", "1<x"), ("1<x<2", "x<2"), ("1<x<2", "[1,2]"), ("x<-2 or x>2", "-2<x<2"), (r"x\ne3", "x=3"), ("x>5", "5"), ("x>5", r"(5,10)"), ("x>5", r"[5,\infty)"), (r"x \neq 3", r"(-\infty,\infty)"), ("y>2x+1", "y<2x+1"), ("y>2x+1", r"y\ge2x+1"), ("y>x", "x>y"), ("x^2<4", "x<2")],
    "interval": [("(0,1)", "[0,1]"), ("(0,1)", "0,1"), ("(0,1)", r"\{0,1\}"), ("(0,1)", "1"), ("[0,1]", "0.5"), ("[0,1]", "(0,1)"), ("[0,1]", "[0,2]"), ("[0,1]", "[1,0]"), ("(0,1]", "[0,1)"), (r"(0,\infty)", r"[0,\infty)"), (r"(-\infty,3]", r"(-\infty,3)"), (r"\mathbb{R}", r"\mathbb{Z}"), (r"\mathbb{R}", r"(0,\infty)"), (r"\mathbb{R}", r"\emptyset"), ("(2,1)", "(1,2)"), ("[1,2]", r"\{1,2\}"), ("[4,6]", "5"), ("5", "[4,6]"), ("5", "[5,5]"), ("(1,2)", "[1,2)"), ("[0,1]", r"[0,1]\cup[2,3]"), ("(0,1)", "(0,1.0000000001)")],
    "union": [("(0,1)\\cup(2,3)", "(0,3)"), ("(0,1)\\cup(2,3)", "(0,1)\\cap(2,3)"), ("(0,1)\\cup(1,2)", "(0,2)"), (r"(0,1)\cup(2,3)", "(0,1)"), (r"(0,1)\cup(2,3)", "(0,1),(2,3,4)"), (r"\mathbb{R}\setminus\{0\}", r"\mathbb{R}"), (r"\mathbb{R}\setminus\{0\}", r"\mathbb{R}\setminus\{1\}"), (r"(-\infty,-2)\cup(2,\infty)", r"(-\infty,-2]\cup[2,\infty)"), (r"\{1\}\cup[2,3]", "[1,3]")],
    "set": [(r"\{1,2,3\}", r"\{1,2\}"), (r"\{1,2,3\}", r"\{1,2,3,4\}"), (r"\{1,2\}", "1"), ("1", r"\{1,2\}"), ("1", r"1,2"), ("1,2", "1"), ("1,2", "12"), ("1,2", "1.2"), ("1,2", r"\frac12"), ("1,2,3", "1,2,2"), ("1,1,2", "1,2,2"), ("1,2,3", "123"), (r"\pm2", "2"), (r"\pm2", "-2"), ("2", r"\pm2"), (r"\{0\}", "0") if False else (r"\emptyset", r"\{\emptyset\}"), (r"\emptyset", r"\{0\}"), (r"\{(1,2)\}", r"\{(2,1)\}"), (r"\{1,2\}", r"\{1,3\}"), ("1,2", "0,1,2,3,4,5"), ("7", "1,2,3,4,5,6,7"), ("1,2", "1 or 2 or 3"), ("5,-2", "5,2"), ("2400, 1350, 864", "2400, 1350"), ("-2,-2", "-2,2"), ("1,2", "3-2") , ("1,2", r"1\pm1")],
    "tuple": [("(1,2)", "(2,1)"), ("(1,2)", "(1,2,0)"), ("(1,2)", "1"), ("(1,2)", r"\{1,2\}"), ("(1,2,3)", "(3,2,1)"), ("(1,2,3)", "3,2,1"), ("(1,2)", "(1,-2)"), ("(1,2),(3,4)", "(1,2),(4,3)"), ("(1,2),(3,4)", "(1,2)"), ("(1,2),(3,4)", "(1,2,3,4)"), ("(0,0)", "0"), ("(1,2)", "(1.2)"), ("(1,2)", "12"), ("(x,y)=(7,6)", "(6,7)"), ("(1,2)", "x=1"), ("(3,2)", "(3,2),(2,3)"), ("(1,2)", "[1,2]")],
    "matrix": [(r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"\begin{pmatrix}1&3\\2&4\end{pmatrix}"), (r"\begin{pmatrix}1\\2\end{pmatrix}", r"\begin{pmatrix}2\\1\end{pmatrix}"), (r"\begin{pmatrix}1\\2\end{pmatrix}", r"\{1,2\}"), (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"\begin{pmatrix}1&2&3&4\end{pmatrix}"), (r"\begin{pmatrix}1\\2\end{pmatrix}", "3"), ("-2", r"\begin{pmatrix}1&2\\3&4\end{pmatrix}"), (r"\begin{pmatrix}1\\2\end{pmatrix}", r"2\begin{pmatrix}1\\2\end{pmatrix}"), ("5", r"5\begin{pmatrix}1&0\\0&1\end{pmatrix}")],
    "complex": [("1+2i", "1-2i"), ("1+2i", "2+i"), ("2i", "2"), ("i", "1"), ("i", "-i"), ("6-5i", "6+5i"), ("1+i", r"\sqrt2"), ("1", "i^2"), (r"e^{i\pi/4}", r"e^{-i\pi/4}"), ("-1", "i^3"), ("5", "3+4i"), (r"\pm i", "i"), ("2i", r"2i+10^{-15}"), ("i", "j")],
    "infinity_pm": [(r"\infty", r"-\infty"), (r"\infty", "0"), (r"\infty", "10^{100}"), (r"\infty", r"\pm\infty"), ("5", r"\infty"), ("0", r"\frac{1}{\infty}"), ("0", r"\infty-\infty"), ("1", r"\frac{\infty}{\infty}"), ("1", r"\infty^0"), (r"\pm3", r"\pm2"), (r"3\pm2", "5"), (r"3\pm2", "3,2"), (r"\infty", "2\\infty-\\infty"), (r"\pm 3", "3,3")],
    "log": [(r"\ln2", r"\log_2e"), (r"\ln 6", r"\ln2\ln3"), (r"\log_2 3", r"\log_3 2"), (r"\ln(x+y)", r"\ln x+\ln y"), (r"\ln x^2", r"(\ln x)^2"), (r"\ln 2", "0.693"), (r"\ln2", r"\log_{10}2"), (r"\ln x", r"\ln 2x"), (r"\ln(x^2)", r"2\ln x"), (r"\log_2 8", "4"), (r"\log_{10}2", r"\log_{10}3"), ("2", r"\log 100") if False else (r"\log_2 6", r"\log_2 2\cdot\log_2 3")],
    "text": [("Tuesday", "Wednesday"), ("Yes", "No"), ("no", "on"), ("Yes", "Yes and No"), ("Yes", "Yes or No"), (r"\text{even}", r"\text{not even}"), (r"\text{even}", r"\text{uneven}"), ("True", "False"), ("cat", "act"), ("5", r"\text{gold}"), ("5", r"\text{the answer}"), (r"\text{Evelyn}", r"\text{Evelyn or Carla}"), (r"\text{Evelyn}", r"\text{Evelyn, Carla}"), ("increasing", "decreasing"), ("no solution", "solution"), (r"\text{circle}", r"\text{not a circle}"), ("east", "west"), ("abc", "cab"), ("red", "x"), ("12", r"\text{twelve hundred}")],
    "multiple_choice": [("A", "B"), ("A", "a"), ("C", "c"), ("A", "A,B"), ("A", r"\text{A or B}"), ("A", "AB"), ("A", "ABCD"), ("A", r"\text{A and B}"), ("A", "(A),(B)"), ("A", r"\text{not A}"), ("A,C", "A"), ("A,C", "A,B"), ("B", "8"), ("E", "e"), ("A", r"A \text{ or } B"), ("A", "A/B"), ("D", "A B C D"), ("A", r"\text{(A) (B)}"), ("A", "A+B-B") if False else ("A", r"A\cup B")],
    "base_n": [("204_5", "204_6"), ("204_5", "203_5"), ("204_5", "54"), ("101_2", "101_3"), ("101_2", "5"), ("101_2", "101_{10}"), ("10_2", "2_{10}"), ("204_5", "402_5"), ("52_8", "42_{10}"), ("5", "101_2"), ("204_5", "204"), ("101_2", "101_x")],
    "time": [("3:45", "3:46"), ("3:45", "4:45"), ("3:45 PM", "3:45 AM"), ("12:00", "1:00"), ("3:45", "345"), ("3:45", "3.45"), ("10:15", "2:3") if False else ("1:2", "2:1"), ("1:2:3", "1:2"), ("1:2", "1:2:0"), ("0:1", "0:2") if False else ("1:2", "0:0"), ("4:20", "1:05"), ("12:30", "2:05"), ("7:32", "32:7")],
    "function": [("f(x)=x^2", "f(x)=x^3"), ("f(x)=x^2", "f(t)=x^2"), ("f(x)=x^2", "g(x)=x^2") if False else ("f(x)=x^2", "f(x)=-x^2"), ("f(x)=x", "x=0"), ("f(x)=2", "f(x)=0"), ("a_n=2n-1", "2n+1"), ("f(x)=x,f(x)=-x", "f(x)=x"), (r"f^{-1}(x)=\frac{x-1}{2}", "2x+1"), ("f(2)", "f(3)"), ("f(x)", "g(x)"), ("f(x)", "x"), ("f(x)=5", "x=5") if False else ("f(x)=x+1", "f(x+1)"), (r"\frac{dy}{dx}", r"\frac{y}{x}"), (r"\frac{dM}{dt}=M", r"\frac{M}{t}=M")],
    "subscript": [("x_1", "x_2"), ("x_1", "x"), ("x_1", "x^1"), ("x_1", "x1"), ("x_{12}", "x_1x_2"), ("x_{12}", "x_1 2"), ("a_{n+1}", "a_n+1"), ("a_{n+1}", "a_{n-1}"), ("x'", "x"), ("x'", "x''"), (r"\alpha_1", r"\beta_1"), ("x_i", "x_j"), ("E_{1},E_{2}", "E_1,E_1"), (r"\hat{x}", "x"), (r"\vec{v}", "v")],
    "latex_noise": [("5", r"\text{5 or 6}"), ("5", r"\phantom{5}6"), ("5", r"\frac{5}{}"), ("5", r"\color{5}{6}"), ("5", r"6\label{5}"), (r"\frac{1}{23}", r"\frac123"), ("5", r"\sqrt[5]{5}"), (r"x^{12}", r"x^1 2"), ("5", r"\not=5"), ("5", r"\neq 5"), ("5", r"\neg 5"), ("5", r"\cancel{5}6"), ("5", r"\cancel{5}"), ("5", r"\sout{5}"), ("5", r"-\!5"), ("5", r"5\not"), ("5", r"\hspace{5}6")],
    "unicode": [("x^2", "x2"), ("-3", "3"), ("5", "₅"), ("5", "²5"), ("25", "2⁵"), ("32", "25"), (r"\pi", "p"), ("3", "−3"), (r"\sqrt3", "3√1"), ("12", "3+4"), (r"\frac12", "½½"), (r"x\le3", "x≥3"), (r"x\le 3", "x<3"), ("2", "÷2")],
    "thousands": [("1234", "1,23,4"), ("1234", "1.234"), ("1000", "1,00"), ("1000", "1,0000"), ("12345", "123,45"), ("1234", "(1,234)"), ("1234", r"\{1,234\}"), ("1234567", "1,234"), ("1000", "1"), ("1", "1,000"), ("1000", "10 00"), ("1000", "1, 000"), ("1000000", "1,000")],
    "domain_identity": [("|x|", "x"), ("|x|", "-x"), (r"\sqrt{x^2}", "x"), ("x", r"\sqrt{x^2}"), ("x", r"\sqrt[4]{x^4}"), (r"\lfloor x\rfloor", r"\lceil x\rceil"), (r"\lfloor 2x\rfloor", r"2\lfloor x\rfloor"), ("|x+y|", "|x|+|y|"), ("x", r"\arcsin(\sin x)"), ("x", r"\ln|e^x|+0^x") if False else ("0", "0^x") , ("1", "x^0+x-x+y"), ("|x-1|", "x-1"), ("|x-100|", "100-x"), (r"\max(x,0)", "x"), (r"\frac{|x|}{x}", "1"), ("x", r"\lfloor x\rfloor+0.5"), ("|x-1000|", "1000-x")],
}  # fmt: skip
