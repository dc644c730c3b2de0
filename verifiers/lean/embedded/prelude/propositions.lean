-- More of core's lemmas about propositions, quantifiers and equality.

def And.casesOn {a b : Prop} {motive : a ∧ b → Sort u} (t : a ∧ b) (intro : (left : a) → (right : b) → motive (And.intro left right)) : motive t :=
  And.rec (motive := motive) intro t
theorem Or.casesOn {a b : Prop} {motive : a ∨ b → Prop} (t : a ∨ b) (inl : (h : a) → motive (Or.inl h)) (inr : (h : b) → motive (Or.inr h)) : motive t :=
  Or.rec (motive := motive) inl inr t
def Iff.casesOn {a b : Prop} {motive : (a ↔ b) → Sort u} (t : a ↔ b) (intro : (mp : a → b) → (mpr : b → a) → motive (Iff.intro mp mpr)) : motive t :=
  Iff.rec (motive := motive) intro t
theorem Exists.casesOn {α : Sort u} {p : α → Prop} {motive : (∃ x, p x) → Prop} (t : ∃ x, p x) (intro : (w : α) → (h : p w) → motive (Exists.intro w h)) : motive t :=
  Exists.rec (motive := motive) intro t
def Bool.casesOn {motive : Bool → Sort u} (t : Bool) (false : motive false) (true : motive true) : motive t :=
  Bool.rec (motive := motive) false true t
def Bool.recOn {motive : Bool → Sort u} (t : Bool) (false : motive false) (true : motive true) : motive t :=
  Bool.rec (motive := motive) false true t
def Option.casesOn {α : Type v} {motive : Option α → Sort u} (t : Option α) (none : motive none) (some : (val : α) → motive (some val)) : motive t :=
  Option.rec (motive := motive) none some t
def Prod.casesOn {α : Type v} {β : Type w} {motive : α × β → Sort u} (t : α × β) (mk : (fst : α) → (snd : β) → motive (fst, snd)) : motive t :=
  Prod.rec (motive := motive) mk t
def List.casesOn {α : Type v} {motive : List α → Sort u} (t : List α) (nil : motive []) (cons : (head : α) → (tail : List α) → motive (head :: tail)) : motive t :=
  List.rec (motive := motive) nil (fun a as _ => cons a as) t
def List.recOn {α : Type v} {motive : List α → Sort u} (t : List α) (nil : motive [])
    (cons : (head : α) → (tail : List α) → motive tail → motive (head :: tail)) : motive t :=
  List.rec (motive := motive) nil cons t

theorem iff_of_eq {a b : Prop} (h : a = b) : a ↔ b := Iff.of_eq h
theorem eq_comm {α : Sort u} {a b : α} : a = b ↔ b = a := ⟨Eq.symm, Eq.symm⟩
theorem ne_comm {α : Sort u} {a b : α} : a ≠ b ↔ b ≠ a := ⟨Ne.symm, Ne.symm⟩
theorem ne_of_apply_ne {α : Sort u} {β : Sort v} (f : α → β) {x y : α} : f x ≠ f y → x ≠ y := fun h e => h (congrArg f e)
@[simp] theorem eq_self_iff_true {α : Sort u} (a : α) : a = a ↔ True := iff_of_true rfl trivial
theorem iff_true_intro {a : Prop} (h : a) : a ↔ True := iff_of_true h trivial
theorem iff_false_intro {a : Prop} (h : ¬a) : a ↔ False := iff_of_false h id
theorem not_iff_false_intro {a : Prop} (h : a) : ¬a ↔ False := iff_false_intro (not_not_intro h)
theorem of_iff_true {a : Prop} (h : a ↔ True) : a := h.mpr trivial
theorem not_of_iff_false {p : Prop} : (p ↔ False) → ¬p := Iff.mp
theorem iff_def {a b : Prop} : (a ↔ b) ↔ (a → b) ∧ (b → a) := ⟨fun h => ⟨h.mp, h.mpr⟩, fun h => ⟨h.1, h.2⟩⟩
theorem iff_def' {a b : Prop} : (a ↔ b) ↔ (b → a) ∧ (a → b) := ⟨fun h => ⟨h.mpr, h.mp⟩, fun h => ⟨h.2, h.1⟩⟩
theorem iff_iff_implies_and_implies (a b : Prop) : (a ↔ b) ↔ (a → b) ∧ (b → a) := iff_def
@[simp] theorem eq_iff_iff {a b : Prop} : a = b ↔ (a ↔ b) := ⟨Iff.of_eq, propext⟩
theorem iff_congr {a b c d : Prop} (h₁ : a ↔ c) (h₂ : b ↔ d) : (a ↔ b) ↔ (c ↔ d) :=
  ⟨fun h => h₁.symm.trans (h.trans h₂), fun h => h₁.trans (h.trans h₂.symm)⟩
theorem imp_congr {a b c d : Prop} (h₁ : a ↔ c) (h₂ : b ↔ d) : (a → b) ↔ (c → d) :=
  ⟨fun f hc => h₂.mp (f (h₁.mpr hc)), fun f ha => h₂.mpr (f (h₁.mp ha))⟩
theorem imp_congr_left {a b c : Prop} (h : a ↔ b) : (a → c) ↔ (b → c) := imp_congr h Iff.rfl
theorem imp_congr_right {a b c : Prop} (h : a → (b ↔ c)) : (a → b) ↔ (a → c) :=
  ⟨fun f ha => (h ha).mp (f ha), fun f ha => (h ha).mpr (f ha)⟩
theorem imp_iff_right {b : Prop} {a : Prop} (ha : a) : (a → b) ↔ b := ⟨fun f => f ha, fun h _ => h⟩
theorem imp_iff_not {a b : Prop} (hb : ¬b) : a → b ↔ ¬a := ⟨fun f ha => hb (f ha), fun h ha => absurd ha h⟩
@[simp] theorem imp_self {a : Prop} : (a → a) ↔ True := iff_true_intro id
theorem imp_not_self {a : Prop} : (a → ¬a) ↔ ¬a := ⟨fun h ha => h ha ha, fun h _ => h⟩
theorem imp_and {a b c : Prop} : (a → b ∧ c) ↔ (a → b) ∧ (a → c) := ⟨fun h => ⟨fun ha => (h ha).1, fun ha => (h ha).2⟩, fun h ha => ⟨h.1 ha, h.2 ha⟩⟩
theorem forall_imp {α : Sort u} {p q : α → Prop} (h : ∀ a, p a → q a) : (∀ a, p a) → ∀ a, q a := fun h' a => h a (h' a)
theorem not_not_em (a : Prop) : ¬¬(a ∨ ¬a) := fun h => h (Or.inr (fun ha => h (Or.inl ha)))
theorem not_of_not_imp {a b : Prop} (h : ¬(a → b)) : ¬b := fun hb => h (fun _ => hb)
theorem not_not_of_not_imp {a b : Prop} (h : ¬(a → b)) : ¬¬a := fun na => h (fun ha => absurd ha na)
theorem not_and' {a b : Prop} : ¬(a ∧ b) ↔ b → ¬a := ⟨fun h hb ha => h ⟨ha, hb⟩, fun h p => h p.2 p.1⟩
theorem peirce' {a : Prop} (H : ∀ b : Prop, (a → b) → a) : a := H _ id

theorem and_self_iff {a : Prop} : a ∧ a ↔ a := Iff.of_eq (and_self a)
theorem or_self_iff {a : Prop} : a ∨ a ↔ a := Iff.of_eq (or_self a)
theorem and_not_self_iff (a : Prop) : a ∧ ¬a ↔ False := iff_false_intro and_not_self
theorem not_and_self_iff (a : Prop) : ¬a ∧ a ↔ False := iff_false_intro not_and_self
theorem and_congr_left {a b c : Prop} (h : c → (a ↔ b)) : a ∧ c ↔ b ∧ c := ⟨fun p => ⟨(h p.2).mp p.1, p.2⟩, fun p => ⟨(h p.2).mpr p.1, p.2⟩⟩
theorem and_congr_right {a b c : Prop} (h : a → (b ↔ c)) : a ∧ b ↔ a ∧ c := ⟨fun p => ⟨p.1, (h p.1).mp p.2⟩, fun p => ⟨p.1, (h p.1).mpr p.2⟩⟩
theorem and_congr_left' {a b c : Prop} (h : a ↔ b) : a ∧ c ↔ b ∧ c := and_congr h Iff.rfl
theorem and_congr_right' {a b c : Prop} (h : b ↔ c) : a ∧ b ↔ a ∧ c := and_congr Iff.rfl h
theorem and_and_and_comm {a b c d : Prop} : (a ∧ b) ∧ c ∧ d ↔ (a ∧ c) ∧ b ∧ d :=
  ⟨fun h => ⟨⟨h.1.1, h.2.1⟩, h.1.2, h.2.2⟩, fun h => ⟨⟨h.1.1, h.2.1⟩, h.1.2, h.2.2⟩⟩
theorem and_and_left {a b c : Prop} : a ∧ (b ∧ c) ↔ (a ∧ b) ∧ a ∧ c := ⟨fun h => ⟨⟨h.1, h.2.1⟩, h.1, h.2.2⟩, fun h => ⟨h.1.1, h.1.2, h.2.2⟩⟩
theorem and_and_right {a b c : Prop} : (a ∧ b) ∧ c ↔ (a ∧ c) ∧ b ∧ c := ⟨fun h => ⟨⟨h.1.1, h.2⟩, h.1.2, h.2⟩, fun h => ⟨⟨h.1.1, h.2.1⟩, h.1.2⟩⟩
theorem and_rotate {a b c : Prop} : a ∧ b ∧ c ↔ b ∧ c ∧ a := ⟨fun h => ⟨h.2.1, h.2.2, h.1⟩, fun h => ⟨h.2.2, h.1, h.2.1⟩⟩
theorem and_iff_left_of_imp {a b : Prop} (h : a → b) : a ∧ b ↔ a := ⟨And.left, fun ha => ⟨ha, h ha⟩⟩
theorem and_iff_right_of_imp {a b : Prop} (h : b → a) : a ∧ b ↔ b := ⟨And.right, fun hb => ⟨h hb, hb⟩⟩
@[simp] theorem and_iff_left_iff_imp {a b : Prop} : (a ∧ b ↔ a) ↔ (a → b) := ⟨fun h ha => (h.mpr ha).2, and_iff_left_of_imp⟩
@[simp] theorem and_iff_right_iff_imp {a b : Prop} : (a ∧ b ↔ b) ↔ (b → a) := ⟨fun h hb => (h.mpr hb).1, and_iff_right_of_imp⟩
theorem or_congr_left {a b c : Prop} (h : a ↔ b) : a ∨ c ↔ b ∨ c := or_congr h Iff.rfl
theorem or_congr_right {a b c : Prop} (h : b ↔ c) : a ∨ b ↔ a ∨ c := or_congr Iff.rfl h
theorem or_right_comm {a b c : Prop} : (a ∨ b) ∨ c ↔ (a ∨ c) ∨ b := by
  constructor <;> rintro ((h | h) | h)
  · exact Or.inl (Or.inl h)
  · exact Or.inr h
  · exact Or.inl (Or.inr h)
  · exact Or.inl (Or.inl h)
  · exact Or.inr h
  · exact Or.inl (Or.inr h)
theorem or_or_or_comm {a b c d : Prop} : (a ∨ b) ∨ c ∨ d ↔ (a ∨ c) ∨ b ∨ d := by
  constructor <;> rintro ((h | h) | h | h)
  · exact Or.inl (Or.inl h)
  · exact Or.inr (Or.inl h)
  · exact Or.inl (Or.inr h)
  · exact Or.inr (Or.inr h)
  · exact Or.inl (Or.inl h)
  · exact Or.inr (Or.inl h)
  · exact Or.inl (Or.inr h)
  · exact Or.inr (Or.inr h)
theorem or_rotate {a b c : Prop} : a ∨ b ∨ c ↔ b ∨ c ∨ a := ⟨fun h => h.elim (fun x => Or.inr (Or.inr x)) (fun h => h.elim Or.inl (fun x => Or.inr (Or.inl x))),
  fun h => h.elim (fun x => Or.inr (Or.inl x)) (fun h => h.elim (fun x => Or.inr (Or.inr x)) Or.inl)⟩
theorem or_iff_left_of_imp {a b : Prop} (hb : b → a) : a ∨ b ↔ a := ⟨fun h => h.elim id hb, Or.inl⟩
theorem or_iff_right_of_imp {a b : Prop} (ha : a → b) : a ∨ b ↔ b := ⟨fun h => h.elim ha id, Or.inr⟩
@[simp] theorem or_iff_left_iff_imp {a b : Prop} : (a ∨ b ↔ a) ↔ (b → a) := ⟨fun h hb => h.mp (Or.inr hb), or_iff_left_of_imp⟩
@[simp] theorem or_iff_right_iff_imp {a b : Prop} : (a ∨ b ↔ b) ↔ (a → b) := ⟨fun h ha => h.mp (Or.inl ha), or_iff_right_of_imp⟩

theorem Exists.nonempty {α : Sort u} {p : α → Prop} (e : ∃ x, p x) : Nonempty α := e.elim (fun x _ => Nonempty.intro x)
theorem Exists.imp' {α : Sort u} {p : α → Prop} {β : Sort v} {q : β → Prop} (f : α → β) (hpq : ∀ a, p a → q (f a)) (e : ∃ a, p a) : ∃ b, q b :=
  e.elim (fun a ha => ⟨f a, hpq a ha⟩)
theorem exists_comm {α : Sort u} {β : Sort v} {p : α → β → Prop} : (∃ a b, p a b) ↔ ∃ b a, p a b :=
  ⟨fun ⟨a, b, h⟩ => ⟨b, a, h⟩, fun ⟨b, a, h⟩ => ⟨a, b, h⟩⟩
theorem forall_comm {α : Sort u} {β : Sort v} {p : α → β → Prop} : (∀ a b, p a b) ↔ ∀ b a, p a b := ⟨fun h b a => h a b, fun h a b => h b a⟩
theorem forall_eq {α : Sort u} {p : α → Prop} {a' : α} : (∀ a, a = a' → p a) ↔ p a' := ⟨fun h => h a' rfl, fun h a e => e.symm ▸ h⟩
theorem forall_eq' {α : Sort u} {p : α → Prop} {a' : α} : (∀ a, a' = a → p a) ↔ p a' := ⟨fun h => h a' rfl, fun h a e => e ▸ h⟩
theorem exists_eq' {α : Sort u} {a' : α} : ∃ a, a' = a := ⟨a', rfl⟩
theorem exists_eq_left {α : Sort u} {p : α → Prop} {a' : α} : (∃ a, a = a' ∧ p a) ↔ p a' := ⟨fun ⟨_, e, h⟩ => e ▸ h, fun h => ⟨a', rfl, h⟩⟩
theorem exists_eq_right {α : Sort u} {p : α → Prop} {a' : α} : (∃ a, p a ∧ a = a') ↔ p a' := ⟨fun ⟨_, h, e⟩ => e ▸ h, fun h => ⟨a', h, rfl⟩⟩
theorem exists_eq_left' {α : Sort u} {p : α → Prop} {a' : α} : (∃ a, a' = a ∧ p a) ↔ p a' := ⟨fun ⟨_, e, h⟩ => e.symm ▸ h, fun h => ⟨a', rfl, h⟩⟩
theorem exists_eq_right' {α : Sort u} {p : α → Prop} {a' : α} : (∃ a, p a ∧ a' = a) ↔ p a' := ⟨fun ⟨_, h, e⟩ => e.symm ▸ h, fun h => ⟨a', h, rfl⟩⟩
theorem exists_const {b : Prop} (α : Sort u) [i : Nonempty α] : (∃ _x : α, b) ↔ b :=
  ⟨fun ⟨_, h⟩ => h, fun h => Nonempty.rec (motive := fun _ => ∃ _x : α, b) (fun a => ⟨a, h⟩) i⟩
theorem forall_const {b : Prop} (α : Sort u) [i : Nonempty α] : (α → b) ↔ b :=
  ⟨fun f => Nonempty.rec (motive := fun _ => b) f i, fun h _ => h⟩
theorem exists_prop {a b : Prop} : (∃ _h : a, b) ↔ a ∧ b := ⟨fun ⟨ha, hb⟩ => ⟨ha, hb⟩, fun ⟨ha, hb⟩ => ⟨ha, hb⟩⟩
theorem exists_apply_eq_apply {α : Sort u} {β : Sort v} (f : α → β) (a' : α) : ∃ a, f a = f a' := ⟨a', rfl⟩
theorem Nonempty.elim {α : Sort u} {p : Prop} (h₁ : Nonempty α) (h₂ : α → p) : p := Nonempty.rec (motive := fun _ => p) h₂ h₁

theorem Function.comp_apply {α : Sort u} {β : Sort v} {δ : Sort w} {f : β → δ} {g : α → β} {x : α} : (f ∘ g) x = f (g x) := rfl
theorem Function.comp_def {α : Sort u} {β : Sort v} {δ : Sort w} (f : β → δ) (g : α → β) : f ∘ g = fun x => f (g x) := rfl
theorem id_eq {α : Sort u} (a : α) : id a = a := rfl

theorem Decidable.of_not_not {p : Prop} [dec : Decidable p] (h : ¬¬p) : p := Decidable.byContradiction h
theorem Decidable.byCases {p q : Prop} [dec : Decidable p] (h1 : p → q) (h2 : ¬p → q) : q := (Decidable.em p).elim h1 h2
theorem Decidable.not_imp_not {a b : Prop} [Decidable a] : (¬a → ¬b) ↔ (b → a) :=
  ⟨fun h hb => Decidable.byContradiction (fun na => h na hb), mt⟩
theorem Decidable.or_iff_not_imp_left {a b : Prop} [Decidable a] : a ∨ b ↔ (¬a → b) :=
  ⟨Or.resolve_left, fun h => (Decidable.em a).elim Or.inl (fun na => Or.inr (h na))⟩
theorem Decidable.imp_iff_not_or {a b : Prop} [Decidable a] : (a → b) ↔ ¬a ∨ b :=
  ⟨Decidable.not_or_of_imp, fun h ha => h.elim (fun na => absurd ha na) id⟩
theorem Decidable.peirce (a b : Prop) [Decidable a] : ((a → b) → a) → a :=
  fun h => (Decidable.em a).elim id (fun na => h (fun ha => absurd ha na))
theorem Classical.not_exists_not {α : Sort u} {p : α → Prop} : (¬∃ x, ¬p x) ↔ ∀ x, p x :=
  ⟨fun h x => Classical.byContradiction (fun hx => h ⟨x, hx⟩), fun h ⟨x, hx⟩ => hx (h x)⟩
theorem Classical.not_forall_not {α : Sort u} {p : α → Prop} : (¬∀ x, ¬p x) ↔ ∃ x, p x :=
  ⟨fun h => Classical.byContradiction (fun e => h (fun x hx => e ⟨x, hx⟩)), fun ⟨x, hx⟩ h => h x hx⟩
theorem Classical.or_iff_not_imp_right {a b : Prop} : a ∨ b ↔ (¬b → a) :=
  ⟨fun h nb => h.resolve_right nb, fun f => (Classical.em b).elim Or.inr (fun nb => Or.inl (f nb))⟩
theorem Classical.not_iff {a b : Prop} : ¬(a ↔ b) ↔ (¬a ↔ b) := by
  constructor
  · intro h
    constructor
    · intro na
      exact Classical.byContradiction (fun nb => h (iff_of_false na nb))
    · intro hb ha
      exact h (iff_of_true ha hb)
  · intro h e
    exact iff_not_self (h.trans e.symm).symm
