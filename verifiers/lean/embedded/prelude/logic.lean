-- Logic: connectives, equality, quotients, choice, decidability.
-- Statements carry Lean's own names, argument order and explicitness; the proofs are this project's.

inductive True : Prop where | intro : True
inductive False : Prop where
inductive And (a b : Prop) : Prop where | intro (left : a) (right : b) : And a b
inductive Or (a b : Prop) : Prop where
  | inl (h : a) : Or a b
  | inr (h : b) : Or a b
inductive Iff (a b : Prop) : Prop where | intro (mp : a → b) (mpr : b → a) : Iff a b
@[explicit] inductive Eq {α : Sort u} (a : α) : α → Prop where | refl : Eq a a
inductive Exists {α : Sort u} (p : α → Prop) : Prop where | intro (w : α) (h : p w) : Exists p
inductive Nonempty (α : Sort u) : Prop where | intro (val : α) : Nonempty α
inductive Bool : Type where
  | false : Bool
  | true : Bool
inductive Unit : Type where | unit : Unit
inductive Nat : Type where
  | zero : Nat
  | succ (n : Nat) : Nat
inductive Prod (α : Type u) (β : Type v) : Type (max u v) where | mk (fst : α) (snd : β) : Prod α β
inductive Option (α : Type u) : Type u where
  | none : Option α
  | some (val : α) : Option α
inductive List (α : Type u) : Type u where
  | nil : List α
  | cons (head : α) (tail : List α) : List α
inductive Subtype {α : Sort u} (p : α → Prop) : Sort (max 1 u) where | mk (val : α) (property : p val) : Subtype p
def Not (a : Prop) : Prop := a → False
inductive Decidable (p : Prop) : Type where
  | isFalse (h : Not p) : Decidable p
  | isTrue (h : p) : Decidable p
inductive Inhabited (α : Sort u) : Sort (max 1 u) where | mk (default : α) : Inhabited α
quotients
axiom propext {a b : Prop} : (a ↔ b) → a = b
axiom Quot.sound {α : Sort u} {r : α → α → Prop} {a b : α} : r a b → Quot.mk r a = Quot.mk r b
axiom Classical.choice {α : Sort u} : Nonempty α → α

def id {α : Sort u} (a : α) : α := a
def Function.comp {α : Sort u} {β : Sort v} {δ : Sort w} (f : β → δ) (g : α → β) : α → δ := fun x => f (g x)
def False.elim {C : Sort u} (h : False) : C := False.rec (motive := fun _ => C) h
theorem trivial : True := True.intro
def absurd {a : Prop} {b : Sort v} (h₁ : a) (h₂ : ¬a) : b := False.elim (h₂ h₁)
theorem Not.elim {a : Prop} {α : Prop} (H1 : ¬a) (H2 : a) : α := False.elim (H1 H2)
theorem Not.intro {a : Prop} (h : a → False) : ¬a := h
theorem And.left {a b : Prop} (self : a ∧ b) : a := And.rec (motive := fun _ => a) (fun l _ => l) self
theorem And.right {a b : Prop} (self : a ∧ b) : b := And.rec (motive := fun _ => b) (fun _ r => r) self
theorem Iff.mp {a b : Prop} (self : a ↔ b) : a → b := Iff.rec (motive := fun _ => a → b) (fun f _ => f) self
theorem Iff.mpr {a b : Prop} (self : a ↔ b) : b → a := Iff.rec (motive := fun _ => b → a) (fun _ g => g) self
def Prod.fst {α : Type u} {β : Type v} (self : α × β) : α := Prod.rec (motive := fun _ => α) (fun a _ => a) self
def Prod.snd {α : Type u} {β : Type v} (self : α × β) : β := Prod.rec (motive := fun _ => β) (fun _ b => b) self
def Subtype.val {α : Sort u} {p : α → Prop} (self : Subtype p) : α := Subtype.rec (motive := fun _ => α) (fun a _ => a) self
theorem Subtype.property {α : Sort u} {p : α → Prop} (self : Subtype p) : p (Subtype.val self) :=
  Subtype.rec (motive := fun s => p (Subtype.val s)) (fun _ h => h) self
def Inhabited.default {α : Sort u} [self : Inhabited α] : α := Inhabited.rec (motive := fun _ => α) (fun a => a) self

def rfl {α : Sort u} {a : α} : a = a := Eq.refl a
theorem Eq.subst {α : Sort u} {motive : α → Prop} {a b : α} (h₁ : a = b) (h₂ : motive a) : motive b :=
  Eq.rec (motive := fun x _ => motive x) h₂ h₁
theorem Eq.symm {α : Sort u} {a b : α} (h : a = b) : b = a := Eq.rec (motive := fun x _ => x = a) (Eq.refl a) h
theorem Eq.trans {α : Sort u} {a b c : α} (h₁ : a = b) (h₂ : b = c) : a = c :=
  Eq.rec (motive := fun x _ => a = x) h₁ h₂
def Eq.mp {α β : Sort u} (h : α = β) (a : α) : β := Eq.rec (motive := fun x _ => x) a h
def Eq.mpr {α β : Sort u} (h : α = β) (b : β) : α := Eq.rec (motive := fun x _ => x) b (Eq.symm h)
def cast {α β : Sort u} (h : α = β) (a : α) : β := Eq.rec (motive := fun x _ => x) a h
theorem congrArg {α : Sort u} {β : Sort v} {a₁ a₂ : α} (f : α → β) (h : a₁ = a₂) : f a₁ = f a₂ :=
  Eq.rec (motive := fun x _ => f a₁ = f x) (Eq.refl (f a₁)) h
theorem congrFun {α : Sort u} {β : α → Sort v} {f g : (x : α) → β x} (h : f = g) (a : α) : f a = g a :=
  h ▸ rfl
theorem congr {α : Sort u} {β : Sort v} {f₁ f₂ : α → β} {a₁ a₂ : α} (h₁ : f₁ = f₂) (h₂ : a₁ = a₂) : f₁ a₁ = f₂ a₂ :=
  Eq.trans (congrFun h₁ a₁) (congrArg f₂ h₂)
abbrev Ne {α : Sort u} (a b : α) : Prop := ¬(a = b)
theorem Ne.symm {α : Sort u} {a b : α} (h : a ≠ b) : b ≠ a := fun h₁ => h (Eq.symm h₁)
theorem Ne.intro {α : Sort u} {a b : α} (h : a = b → False) : a ≠ b := h
theorem Ne.elim {α : Sort u} {a b : α} (h : a ≠ b) : a = b → False := h
theorem Ne.irrefl {α : Sort u} {a : α} (h : a ≠ a) : False := h rfl

theorem Iff.refl (a : Prop) : a ↔ a := Iff.intro (fun h => h) (fun h => h)
theorem Iff.rfl {a : Prop} : a ↔ a := Iff.refl a
theorem Iff.symm {a b : Prop} (h : a ↔ b) : b ↔ a := Iff.intro h.mpr h.mp
theorem Iff.trans {a b c : Prop} (h₁ : a ↔ b) (h₂ : b ↔ c) : a ↔ c :=
  Iff.intro (fun ha => h₂.mp (h₁.mp ha)) (fun hc => h₁.mpr (h₂.mpr hc))
theorem Iff.comm {a b : Prop} : (a ↔ b) ↔ (b ↔ a) := Iff.intro Iff.symm Iff.symm
theorem Iff.of_eq {a b : Prop} (h : a = b) : a ↔ b := h ▸ Iff.refl a
theorem Eq.to_iff {a b : Prop} (h : a = b) : a ↔ b := Iff.of_eq h
theorem iff_of_true {a b : Prop} (ha : a) (hb : b) : a ↔ b := ⟨fun _ => hb, fun _ => ha⟩
theorem iff_of_false {a b : Prop} (ha : ¬a) (hb : ¬b) : a ↔ b := ⟨fun h => absurd h ha, fun h => absurd h hb⟩
theorem iff_comm {a b : Prop} : (a ↔ b) ↔ (b ↔ a) := Iff.comm
theorem of_eq_true {p : Prop} (h : p = True) : p := h ▸ trivial
theorem eq_true {p : Prop} (h : p) : p = True := propext ⟨fun _ => trivial, fun _ => h⟩
theorem eq_false {p : Prop} (h : ¬p) : p = False := propext ⟨fun h' => h h', fun h' => False.elim h'⟩
@[simp] theorem eq_self {α : Sort u} (a : α) : (a = a) = True := eq_true rfl
@[simp] theorem ne_eq {α : Sort u} (a b : α) : (a ≠ b) = ¬(a = b) := rfl

theorem And.symm {a b : Prop} (h : a ∧ b) : b ∧ a := ⟨h.2, h.1⟩
theorem And.imp {a b c d : Prop} (f : a → c) (g : b → d) (h : a ∧ b) : c ∧ d := ⟨f h.1, g h.2⟩
theorem And.imp_left {a b c : Prop} (h : a → b) : a ∧ c → b ∧ c := fun p => ⟨h p.1, p.2⟩
theorem And.imp_right {a b c : Prop} (h : a → b) : c ∧ a → c ∧ b := fun p => ⟨p.1, h p.2⟩
theorem And.elim {a b : Prop} {α : Prop} (f : a → b → α) (h : a ∧ b) : α := f h.left h.right
theorem And.comm {a b : Prop} : a ∧ b ↔ b ∧ a := ⟨And.symm, And.symm⟩
theorem and_comm {a b : Prop} : a ∧ b ↔ b ∧ a := And.comm
theorem and_assoc {a b c : Prop} : (a ∧ b) ∧ c ↔ a ∧ (b ∧ c) :=
  ⟨fun h => ⟨h.1.1, h.1.2, h.2⟩, fun h => ⟨⟨h.1, h.2.1⟩, h.2.2⟩⟩
theorem and_left_comm {a b c : Prop} : a ∧ b ∧ c ↔ b ∧ a ∧ c :=
  ⟨fun h => ⟨h.2.1, h.1, h.2.2⟩, fun h => ⟨h.2.1, h.1, h.2.2⟩⟩
theorem and_right_comm {a b c : Prop} : (a ∧ b) ∧ c ↔ (a ∧ c) ∧ b :=
  ⟨fun h => ⟨⟨h.1.1, h.2⟩, h.1.2⟩, fun h => ⟨⟨h.1.1, h.2⟩, h.1.2⟩⟩
theorem and_iff_left {a b : Prop} (hb : b) : a ∧ b ↔ a := ⟨And.left, fun h => ⟨h, hb⟩⟩
theorem and_iff_right {a b : Prop} (ha : a) : a ∧ b ↔ b := ⟨And.right, fun h => ⟨ha, h⟩⟩
theorem and_congr {a b c d : Prop} (h₁ : a ↔ c) (h₂ : b ↔ d) : a ∧ b ↔ c ∧ d :=
  ⟨fun h => ⟨h₁.mp h.1, h₂.mp h.2⟩, fun h => ⟨h₁.mpr h.1, h₂.mpr h.2⟩⟩
theorem and_imp {a b c : Prop} : (a ∧ b → c) ↔ (a → b → c) := ⟨fun f ha hb => f ⟨ha, hb⟩, fun f h => f h.1 h.2⟩
@[simp] theorem and_not_self {a : Prop} : ¬(a ∧ ¬a) := fun h => h.2 h.1
@[simp] theorem not_and_self {a : Prop} : ¬(¬a ∧ a) := fun h => h.1 h.2
@[simp] theorem and_true (p : Prop) : (p ∧ True) = p := propext ⟨And.left, fun h => ⟨h, trivial⟩⟩
@[simp] theorem true_and (p : Prop) : (True ∧ p) = p := propext ⟨And.right, fun h => ⟨trivial, h⟩⟩
@[simp] theorem and_false (p : Prop) : (p ∧ False) = False := propext ⟨And.right, False.elim⟩
@[simp] theorem false_and (p : Prop) : (False ∧ p) = False := propext ⟨And.left, False.elim⟩
@[simp] theorem and_self (p : Prop) : (p ∧ p) = p := propext ⟨And.left, fun h => ⟨h, h⟩⟩

theorem Or.elim {a b c : Prop} (h : a ∨ b) (left : a → c) (right : b → c) : c :=
  Or.rec (motive := fun _ => c) left right h
theorem Or.symm {a b : Prop} (h : a ∨ b) : b ∨ a := h.elim Or.inr Or.inl
theorem Or.comm {a b : Prop} : a ∨ b ↔ b ∨ a := ⟨Or.symm, Or.symm⟩
theorem or_comm {a b : Prop} : a ∨ b ↔ b ∨ a := Or.comm
theorem Or.imp {a b c d : Prop} (f : a → c) (g : b → d) (h : a ∨ b) : c ∨ d :=
  h.elim (fun ha => Or.inl (f ha)) (fun hb => Or.inr (g hb))
theorem Or.imp_left {a b c : Prop} (f : a → b) : a ∨ c → b ∨ c := Or.imp f id
theorem Or.imp_right {a b c : Prop} (f : b → c) : a ∨ b → a ∨ c := Or.imp id f
theorem Or.intro_left {a : Prop} (b : Prop) (h : a) : a ∨ b := Or.inl h
theorem Or.intro_right {b : Prop} (a : Prop) (h : b) : a ∨ b := Or.inr h
theorem Or.resolve_left {a b : Prop} (h : a ∨ b) (na : ¬a) : b := h.elim (fun ha => absurd ha na) id
theorem Or.resolve_right {a b : Prop} (h : a ∨ b) (nb : ¬b) : a := h.elim id (fun hb => absurd hb nb)
theorem Or.neg_resolve_left {a b : Prop} (h : ¬a ∨ b) (ha : a) : b := h.elim (fun na => absurd ha na) id
theorem Or.neg_resolve_right {a b : Prop} (h : a ∨ ¬b) (hb : b) : a := h.elim id (fun nb => absurd hb nb)
theorem or_assoc {a b c : Prop} : (a ∨ b) ∨ c ↔ a ∨ (b ∨ c) := by
  constructor
  · intro h
    rcases h with (ha | hb) | hc
    · exact Or.inl ha
    · exact Or.inr (Or.inl hb)
    · exact Or.inr (Or.inr hc)
  · intro h
    rcases h with ha | hb | hc
    · exact Or.inl (Or.inl ha)
    · exact Or.inl (Or.inr hb)
    · exact Or.inr hc
theorem or_left_comm {a b c : Prop} : a ∨ (b ∨ c) ↔ b ∨ (a ∨ c) := by
  constructor <;> intro h <;> rcases h with h | h | h
  · exact Or.inr (Or.inl h)
  · exact Or.inl h
  · exact Or.inr (Or.inr h)
  · exact Or.inr (Or.inl h)
  · exact Or.inl h
  · exact Or.inr (Or.inr h)
theorem or_imp {a b c : Prop} : (a ∨ b → c) ↔ (a → c) ∧ (b → c) :=
  ⟨fun f => ⟨fun ha => f (Or.inl ha), fun hb => f (Or.inr hb)⟩, fun f h => h.elim f.1 f.2⟩
theorem or_congr {a b c d : Prop} (h₁ : a ↔ c) (h₂ : b ↔ d) : a ∨ b ↔ c ∨ d :=
  ⟨Or.imp h₁.mp h₂.mp, Or.imp h₁.mpr h₂.mpr⟩
theorem or_iff_right {a b : Prop} (ha : ¬a) : a ∨ b ↔ b := ⟨fun h => h.resolve_left ha, Or.inr⟩
theorem or_iff_left {a b : Prop} (hb : ¬b) : a ∨ b ↔ a := ⟨fun h => h.resolve_right hb, Or.inl⟩
theorem and_or_left {a b c : Prop} : a ∧ (b ∨ c) ↔ (a ∧ b) ∨ (a ∧ c) :=
  ⟨fun h => h.2.elim (fun hb => Or.inl ⟨h.1, hb⟩) (fun hc => Or.inr ⟨h.1, hc⟩),
   fun h => h.elim (fun p => ⟨p.1, Or.inl p.2⟩) (fun p => ⟨p.1, Or.inr p.2⟩)⟩
theorem or_and_right {a b c : Prop} : (a ∨ b) ∧ c ↔ (a ∧ c) ∨ (b ∧ c) :=
  ⟨fun h => h.1.elim (fun ha => Or.inl ⟨ha, h.2⟩) (fun hb => Or.inr ⟨hb, h.2⟩),
   fun h => h.elim (fun p => ⟨Or.inl p.1, p.2⟩) (fun p => ⟨Or.inr p.1, p.2⟩)⟩
theorem or_and_left {a b c : Prop} : a ∨ (b ∧ c) ↔ (a ∨ b) ∧ (a ∨ c) :=
  ⟨fun h => h.elim (fun ha => ⟨Or.inl ha, Or.inl ha⟩) (fun p => ⟨Or.inr p.1, Or.inr p.2⟩),
   fun h => h.1.elim Or.inl (fun hb => h.2.elim Or.inl (fun hc => Or.inr ⟨hb, hc⟩))⟩
theorem and_or_right {a b c : Prop} : (a ∧ b) ∨ c ↔ (a ∨ c) ∧ (b ∨ c) :=
  ⟨fun h => h.elim (fun p => ⟨Or.inl p.1, Or.inl p.2⟩) (fun hc => ⟨Or.inr hc, Or.inr hc⟩),
   fun h => h.1.elim (fun ha => h.2.elim (fun hb => Or.inl ⟨ha, hb⟩) Or.inr) Or.inr⟩
@[simp] theorem or_true (p : Prop) : (p ∨ True) = True := eq_true (Or.inr trivial)
@[simp] theorem true_or (p : Prop) : (True ∨ p) = True := eq_true (Or.inl trivial)
@[simp] theorem or_false (p : Prop) : (p ∨ False) = p := propext ⟨fun h => h.resolve_right id, Or.inl⟩
@[simp] theorem false_or (p : Prop) : (False ∨ p) = p := propext ⟨fun h => h.resolve_left id, Or.inr⟩
@[simp] theorem or_self (p : Prop) : (p ∨ p) = p := propext ⟨fun h => h.elim id id, Or.inl⟩

theorem not_not_intro {p : Prop} (h : p) : ¬¬p := fun hn => hn h
theorem not_false : ¬False := id
theorem not_not_not {p : Prop} : ¬¬¬p ↔ ¬p := ⟨fun h hp => h (fun hn => hn hp), not_not_intro⟩
theorem mt {a b : Prop} (h₁ : a → b) (h₂ : ¬b) : ¬a := fun ha => h₂ (h₁ ha)
theorem not_congr {a b : Prop} (h : a ↔ b) : ¬a ↔ ¬b := ⟨mt h.mpr, mt h.mp⟩
theorem imp_intro {α β : Prop} (h : α) : β → α := fun _ => h
theorem imp_not_comm {a b : Prop} : (a → ¬b) ↔ (b → ¬a) := ⟨fun h hb ha => h ha hb, fun h ha hb => h hb ha⟩
theorem imp_false {a : Prop} : (a → False) ↔ ¬a := Iff.rfl
theorem not_imp_of_and_not {a b : Prop} : a ∧ ¬b → ¬(a → b) := fun h f => h.2 (f h.1)
@[simp] theorem not_or {p q : Prop} : ¬(p ∨ q) ↔ ¬p ∧ ¬q :=
  ⟨fun h => ⟨fun hp => h (Or.inl hp), fun hq => h (Or.inr hq)⟩, fun h hpq => hpq.elim h.1 h.2⟩
theorem not_or_intro {a b : Prop} (ha : ¬a) (hb : ¬b) : ¬(a ∨ b) := fun h => h.elim ha hb
@[simp] theorem not_and {a b : Prop} : ¬(a ∧ b) ↔ (a → ¬b) := and_imp
theorem not_and_of_not_left {a : Prop} (b : Prop) : ¬a → ¬(a ∧ b) := fun h p => h p.1
theorem not_and_of_not_right (a : Prop) {b : Prop} : ¬b → ¬(a ∧ b) := fun h p => h p.2
theorem not_and_of_not_or_not {a b : Prop} (h : ¬a ∨ ¬b) : ¬(a ∧ b) := fun p => h.elim (fun n => n p.1) (fun n => n p.2)
theorem iff_not_self {a : Prop} : ¬(a ↔ ¬a) := fun h => have n : ¬a := fun ha => h.mp ha ha; n (h.mpr n)
@[simp] theorem not_true_eq_false : (¬True) = False := eq_false (not_not_intro trivial)
@[simp] theorem not_false_eq_true : (¬False) = True := eq_true id
@[simp] theorem iff_self (p : Prop) : (p ↔ p) = True := eq_true Iff.rfl
@[simp] theorem iff_true (p : Prop) : (p ↔ True) = p := propext ⟨fun h => h.mpr trivial, fun h => iff_of_true h trivial⟩
@[simp] theorem true_iff (p : Prop) : (True ↔ p) = p := propext ⟨fun h => h.mp trivial, fun h => iff_of_true trivial h⟩
@[simp] theorem iff_false (p : Prop) : (p ↔ False) = ¬p := propext ⟨fun h => h.mp, fun h => iff_of_false h id⟩
@[simp] theorem false_iff (p : Prop) : (False ↔ p) = ¬p := propext ⟨fun h => h.mpr, fun h => iff_of_false id h⟩

theorem Exists.elim {α : Sort u} {p : α → Prop} {b : Prop} (h₁ : ∃ x, p x) (h₂ : ∀ a, p a → b) : b :=
  Exists.rec (motive := fun _ => b) h₂ h₁
theorem Exists.imp {α : Sort u} {p q : α → Prop} (h : ∀ a, p a → q a) (e : ∃ a, p a) : ∃ a, q a :=
  e.elim (fun a ha => ⟨a, h a ha⟩)
theorem exists_imp {α : Sort u} {p : α → Prop} {b : Prop} : ((∃ x, p x) → b) ↔ ∀ x, p x → b :=
  ⟨fun h x hx => h ⟨x, hx⟩, fun h e => e.elim h⟩
theorem not_exists {α : Sort u} {p : α → Prop} : (¬∃ x, p x) ↔ ∀ x, ¬p x := exists_imp
theorem not_exists_of_forall_not {α : Sort u} {p : α → Prop} (h : ∀ x, ¬p x) : ¬∃ x, p x := not_exists.mpr h
theorem forall_not_of_not_exists {α : Sort u} {p : α → Prop} (h : ¬∃ x, p x) : ∀ x, ¬p x := not_exists.mp h
theorem not_forall_of_exists_not {α : Sort u} {p : α → Prop} : (∃ x, ¬p x) → ¬∀ x, p x := fun e f => e.elim (fun x h => h (f x))
theorem forall_and {α : Sort u} {p q : α → Prop} : (∀ x, p x ∧ q x) ↔ (∀ x, p x) ∧ (∀ x, q x) :=
  ⟨fun h => ⟨fun x => (h x).1, fun x => (h x).2⟩, fun h x => ⟨h.1 x, h.2 x⟩⟩
theorem exists_or {α : Sort u} {p q : α → Prop} : (∃ x, p x ∨ q x) ↔ (∃ x, p x) ∨ ∃ x, q x :=
  ⟨fun e => e.elim (fun x h => h.elim (fun hp => Or.inl ⟨x, hp⟩) (fun hq => Or.inr ⟨x, hq⟩)),
   fun h => h.elim (fun e => e.elim (fun x hx => ⟨x, Or.inl hx⟩)) (fun e => e.elim (fun x hx => ⟨x, Or.inr hx⟩))⟩
theorem exists_and_left {α : Sort u} {p : α → Prop} {b : Prop} : (∃ x, b ∧ p x) ↔ b ∧ ∃ x, p x :=
  ⟨fun e => e.elim (fun x h => ⟨h.1, x, h.2⟩), fun h => h.2.elim (fun x hx => ⟨x, h.1, hx⟩)⟩
theorem exists_and_right {α : Sort u} {p : α → Prop} {b : Prop} : (∃ x, p x ∧ b) ↔ (∃ x, p x) ∧ b :=
  ⟨fun e => e.elim (fun x h => ⟨⟨x, h.1⟩, h.2⟩), fun h => h.1.elim (fun x hx => ⟨x, hx, h.2⟩)⟩
theorem exists_eq {α : Sort u} {a' : α} : ∃ a, a = a' := ⟨a', rfl⟩
theorem forall_congr' {α : Sort u} {p q : α → Prop} (h : ∀ a, p a ↔ q a) : (∀ a, p a) ↔ ∀ a, q a :=
  ⟨fun f a => (h a).mp (f a), fun f a => (h a).mpr (f a)⟩
theorem exists_congr {α : Sort u} {p q : α → Prop} (h : ∀ a, p a ↔ q a) : (∃ a, p a) ↔ ∃ a, q a :=
  ⟨Exists.imp (fun a => (h a).mp), Exists.imp (fun a => (h a).mpr)⟩

theorem funext {α : Sort u} {β : α → Sort v} {f g : (x : α) → β x} (h : ∀ x, f x = g x) : f = g :=
  congrArg (fun (q : Quot (fun (k l : (x : α) → β x) => ∀ x, k x = l x)) (x : α) =>
      (Quot.lift (fun (k : (x : α) → β x) => k x) (fun _ _ same => same x) q : β x))
    (Quot.sound (r := fun (k l : (x : α) → β x) => ∀ x, k x = l x) h)

-- Choice and excluded middle (Diaconescu's argument).
def Classical.choose {α : Sort u} {p : α → Prop} (h : ∃ x, p x) : α :=
  Subtype.val (Classical.choice (Exists.elim h (fun x hx => Nonempty.intro (Subtype.mk x hx))) : Subtype p)
theorem Classical.choose_spec {α : Sort u} {p : α → Prop} (h : ∃ x, p x) : p (Classical.choose h) :=
  Subtype.property (Classical.choice (Exists.elim h (fun x hx => Nonempty.intro (Subtype.mk x hx))) : Subtype p)
theorem Classical.em (p : Prop) : p ∨ ¬p := by
  have hu : ∃ x : Prop, x = True ∨ p := ⟨True, Or.inl rfl⟩
  have hv : ∃ x : Prop, x = False ∨ p := ⟨False, Or.inl rfl⟩
  cases Classical.choose_spec hu with
  | inr hp => exact Or.inl hp
  | inl ht =>
    cases Classical.choose_spec hv with
    | inr hp => exact Or.inl hp
    | inl hf =>
      apply Or.inr
      intro hp
      have same : (fun (x : Prop) => x = True ∨ p) = (fun (x : Prop) => x = False ∨ p) :=
        funext (fun x => propext ⟨fun _ => Or.inr hp, fun _ => Or.inr hp⟩)
      have key : ∀ (q : Prop → Prop) (e : (fun (x : Prop) => x = True ∨ p) = q) (h : ∃ x, q x), Classical.choose hu = Classical.choose h := by
        intro q e h
        subst e
        rfl
      have eq : Classical.choose hu = Classical.choose hv := key _ same hv
      have bad : True = False := ht.symm.trans (eq.trans hf)
      exact bad ▸ trivial
theorem Classical.byContradiction {p : Prop} (h : ¬p → False) : p := (Classical.em p).elim id (fun n => False.elim (h n))
theorem Classical.byCases {p q : Prop} (hpq : p → q) (hnpq : ¬p → q) : q := (Classical.em p).elim hpq hnpq
theorem Classical.not_not {a : Prop} : ¬¬a ↔ a := ⟨fun h => Classical.byContradiction h, not_not_intro⟩
theorem Classical.not_forall {α : Sort u} {p : α → Prop} : (¬∀ x, p x) ↔ ∃ x, ¬p x :=
  ⟨fun h => Classical.byContradiction (fun e => h (fun x => Classical.byContradiction (fun hx => e ⟨x, hx⟩))),
   not_forall_of_exists_not⟩
theorem Classical.not_and_iff_not_or_not {a b : Prop} : ¬(a ∧ b) ↔ ¬a ∨ ¬b :=
  ⟨fun h => (Classical.em a).elim (fun ha => Or.inr (fun hb => h ⟨ha, hb⟩)) Or.inl, not_and_of_not_or_not⟩
theorem Classical.or_iff_not_imp_left {a b : Prop} : a ∨ b ↔ (¬a → b) :=
  ⟨fun h na => h.resolve_left na, fun f => (Classical.em a).elim Or.inl (fun na => Or.inr (f na))⟩
theorem Classical.not_imp {a b : Prop} : ¬(a → b) ↔ a ∧ ¬b :=
  ⟨fun h => ⟨Classical.byContradiction (fun na => h (fun ha => absurd ha na)), fun hb => h (fun _ => hb)⟩, not_imp_of_and_not⟩
theorem Classical.imp_iff_not_or {a b : Prop} : (a → b) ↔ ¬a ∨ b :=
  ⟨fun f => (Classical.em a).elim (fun ha => Or.inr (f ha)) Or.inl, fun h ha => h.elim (fun n => absurd ha n) id⟩

-- Decidability.
def Decidable.decide (p : Prop) [h : Decidable p] : Bool :=
  Decidable.rec (motive := fun _ => Bool) (fun _ => false) (fun _ => true) h
theorem of_decide_eq_true {p : Prop} [inst : Decidable p] : Decidable.decide p = true → p :=
  Decidable.rec (motive := fun d => @Decidable.decide p d = true → p) (fun _ e => nomatch e) (fun h _ => h) inst
theorem of_decide_eq_false {p : Prop} [inst : Decidable p] : Decidable.decide p = false → ¬p :=
  Decidable.rec (motive := fun d => @Decidable.decide p d = false → ¬p) (fun h _ => h) (fun _ e => nomatch e) inst
theorem Decidable.em (p : Prop) [Decidable p] : p ∨ ¬p :=
  Decidable.rec (motive := fun _ => p ∨ ¬p) (fun h => Or.inr h) (fun h => Or.inl h) ‹Decidable p›
theorem Decidable.byContradiction {p : Prop} [dec : Decidable p] (h : ¬p → False) : p :=
  (Decidable.em p).elim id (fun n => False.elim (h n))
theorem Decidable.not_not {p : Prop} [dec : Decidable p] : ¬¬p ↔ p :=
  ⟨fun h => Decidable.byContradiction h, not_not_intro⟩
instance instDecidableTrue : Decidable True := Decidable.isTrue trivial
instance instDecidableFalse : Decidable False := Decidable.isFalse not_false
instance instDecidableAnd {p q : Prop} [dp : Decidable p] [dq : Decidable q] : Decidable (p ∧ q) :=
  Decidable.rec (motive := fun _ => Decidable (p ∧ q)) (fun hp => Decidable.isFalse (fun h => hp h.1))
    (fun hp => Decidable.rec (motive := fun _ => Decidable (p ∧ q)) (fun hq => Decidable.isFalse (fun h => hq h.2))
      (fun hq => Decidable.isTrue ⟨hp, hq⟩) dq) dp
instance instDecidableOr {p q : Prop} [dp : Decidable p] [dq : Decidable q] : Decidable (p ∨ q) :=
  Decidable.rec (motive := fun _ => Decidable (p ∨ q))
    (fun hp => Decidable.rec (motive := fun _ => Decidable (p ∨ q)) (fun hq => Decidable.isFalse (fun h => h.elim hp hq))
      (fun hq => Decidable.isTrue (Or.inr hq)) dq)
    (fun hp => Decidable.isTrue (Or.inl hp)) dp
instance instDecidableNot {p : Prop} [dp : Decidable p] : Decidable (¬p) :=
  Decidable.rec (motive := fun _ => Decidable (¬p)) (fun hp => Decidable.isTrue hp) (fun hp => Decidable.isFalse (fun h => h hp)) dp
instance instDecidableImp {p q : Prop} [dp : Decidable p] [dq : Decidable q] : Decidable (p → q) :=
  Decidable.rec (motive := fun _ => Decidable (p → q)) (fun hp => Decidable.isTrue (fun h => absurd h hp))
    (fun hp => Decidable.rec (motive := fun _ => Decidable (p → q)) (fun hq => Decidable.isFalse (fun f => hq (f hp)))
      (fun hq => Decidable.isTrue (fun _ => hq)) dq) dp
instance instDecidableIff {p q : Prop} [dp : Decidable p] [dq : Decidable q] : Decidable (p ↔ q) :=
  Decidable.rec (motive := fun _ => Decidable (p ↔ q))
    (fun hp => Decidable.rec (motive := fun _ => Decidable (p ↔ q)) (fun hq => Decidable.isTrue (iff_of_false hp hq))
      (fun hq => Decidable.isFalse (fun h => hp (h.mpr hq))) dq)
    (fun hp => Decidable.rec (motive := fun _ => Decidable (p ↔ q)) (fun hq => Decidable.isFalse (fun h => hq (h.mp hp)))
      (fun hq => Decidable.isTrue (iff_of_true hp hq)) dq) dp
instance instInhabitedProp : Inhabited Prop := Inhabited.mk True
instance instInhabitedNat : Inhabited Nat := Inhabited.mk 0
instance instInhabitedBool : Inhabited Bool := Inhabited.mk false
