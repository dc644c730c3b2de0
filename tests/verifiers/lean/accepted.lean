-- Proofs as users of Lean 4 write them (core library only): every one must be accepted.

-- Propositions.
theorem prop001 (p q : Prop) : p → q → p ∧ q := fun hp hq => ⟨hp, hq⟩
theorem prop002 (p q : Prop) : p → q → p ∧ q := And.intro
theorem prop003 (p q : Prop) (h : p ∧ q) : q ∧ p := by
  obtain ⟨hp, hq⟩ := h
  exact ⟨hq, hp⟩
theorem prop004 (p q : Prop) (h : p ∧ q) : q ∧ p := by
  cases h with
  | intro hp hq => exact And.intro hq hp
theorem prop005 (p q : Prop) (h : p ∧ q) : q ∧ p := match h with
  | ⟨hp, hq⟩ => ⟨hq, hp⟩
theorem prop006 (p q : Prop) (h : p ∧ q) : q ∧ p := by
  have hp := h.1
  have hq : q := h.2
  constructor
  · exact hq
  · exact hp
theorem prop007 (p q : Prop) (h : p ∧ q) : q ∧ p := by
  refine ⟨?_, ?_⟩
  · exact h.right
  · exact h.left
theorem prop008 (p q : Prop) (h : p ∧ q) : q ∧ p := h.symm
theorem prop009 (p q : Prop) (h : p ∧ q) : q ∧ p := by
  apply And.intro
  case left => exact h.2
  case right => exact h.1
theorem prop010 (p q : Prop) (h : p ∧ q) : q ∧ p := And.casesOn h (fun hp hq => ⟨hq, hp⟩)
theorem prop011 (p q : Prop) : p ∨ q → q ∨ p := fun
  | .inl h => .inr h
  | .inr h => .inl h
theorem prop012 (p q : Prop) (h : p ∨ q) : q ∨ p := h.elim Or.inr Or.inl
theorem prop013 (p q : Prop) (h : p ∨ q) : q ∨ p := by
  rcases h with hp | hq
  · right; exact hp
  · left; exact hq
theorem prop014 (p q : Prop) (h : p ∨ q) : q ∨ p := by
  match h with
  | Or.inl hp => exact Or.inr hp
  | Or.inr hq => exact Or.inl hq
theorem prop015 (p q : Prop) (h : p ∨ q) : q ∨ p := by
  cases h
  case inl hp => exact .inr hp
  case inr hq => exact .inl hq
theorem prop016 (p q : Prop) (h : p ∨ q) : q ∨ p := by
  apply Or.elim h
  · intro hp
    exact Or.inr hp
  · intro hq
    exact Or.inl hq
theorem prop017 (p q : Prop) (h : p ∨ q) : q ∨ p := by
  cases h with
  | inl h => right; assumption
  | inr h => left; assumption
theorem prop018 (p q r : Prop) : (p → q) → (q → r) → (p → r) := by
  intros hpq hqr hp
  apply hqr
  apply hpq
  exact hp
theorem prop019 (p q r : Prop) (hpq : p → q) (hqr : q → r) : p → r := hqr ∘ hpq
theorem prop020 (p q r : Prop) (hpq : p → q) (hqr : q → r) : p → r := by
  intro hp
  have hq := hpq hp
  exact hqr hq
theorem prop021 (p q r : Prop) (hpq : p → q) (hqr : q → r) : p → r := fun hp =>
  have hq : q := hpq hp
  show r from hqr hq
theorem prop022 (p q r : Prop) (hpq : p → q) (hqr : q → r) (hp : p) : r := by
  specialize hpq hp
  exact hqr hpq
theorem prop023 (p q : Prop) : ¬(p ∧ q) → p → ¬q := fun h hp hq => h ⟨hp, hq⟩
theorem prop024 (p q : Prop) : (p → ¬q) → ¬(p ∧ q) := by
  rintro h ⟨hp, hq⟩
  exact h hp hq
theorem prop025 (p q : Prop) : ¬(p ∨ q) → ¬p := fun h hp => h (.inl hp)
theorem prop026 (p q : Prop) : ¬p ∧ ¬q → ¬(p ∨ q) := by
  rintro ⟨hnp, hnq⟩ (hp | hq)
  · exact hnp hp
  · exact hnq hq
theorem prop027 (p q : Prop) : ¬p ∧ ¬q → ¬(p ∨ q) := fun ⟨hnp, hnq⟩ h => h.elim hnp hnq
theorem prop028 (p : Prop) : ¬(p ∧ ¬p) := fun h => h.2 h.1
theorem prop029 (p : Prop) : ¬(p ∧ ¬p) := by
  intro h
  cases h
  contradiction
theorem prop030 (p : Prop) : ¬(p ↔ ¬p) := by
  intro h
  have hnp : ¬p := fun hp => (h.mp hp) hp
  exact hnp (h.mpr hnp)
theorem prop031 (p q : Prop) (h : p ↔ q) : ¬p ↔ ¬q := by
  constructor
  · intro hnp hq
    exact hnp (h.mpr hq)
  · intro hnq hp
    exact hnq (h.mp hp)
theorem prop032 (p q : Prop) (h : p ↔ q) : ¬p ↔ ¬q := by rw [h]
theorem prop033 (p q : Prop) (h : p ↔ q) : ¬p ↔ ¬q := not_congr h
theorem prop034 (p q r : Prop) (h : p ↔ q) : p ∧ r ↔ q ∧ r := by rw [h]
theorem prop035 (p q r : Prop) (h : p ↔ q) : (p → r) ↔ (q → r) := by
  apply Iff.intro
  · intro f hq; exact f (h.2 hq)
  · intro f hp; exact f (h.1 hp)
theorem prop036 (p q r : Prop) (h₁ : p ↔ q) (h₂ : q ↔ r) : p ↔ r := h₁.trans h₂
theorem prop037 (p q r : Prop) (h₁ : p ↔ q) (h₂ : q ↔ r) : p ↔ r := by
  calc p ↔ q := h₁
    _ ↔ r := h₂
theorem prop038 (p q r s : Prop) (h₁ : p → q) (h₂ : r → s) : p ∨ r → q ∨ s := Or.imp h₁ h₂
theorem prop039 (p q r s : Prop) (h₁ : p → q) (h₂ : r → s) : p ∧ r → q ∧ s := And.imp h₁ h₂
theorem prop040 (p q r s : Prop) (h₁ : p → q) (h₂ : r → s) : p ∨ r → q ∨ s := by
  intro h
  cases h with
  | inl hp => exact Or.inl (h₁ hp)
  | inr hr => exact Or.inr (h₂ hr)
theorem prop041 (p q : Prop) (hp : p) (hnp : ¬p) : q := absurd hp hnp
theorem prop042 (p q : Prop) (hp : p) (hnp : ¬p) : q := (hnp hp).elim
theorem prop043 (p q : Prop) (hp : p) (hnp : ¬p) : q := False.elim (hnp hp)
theorem prop044 (p q : Prop) (hp : p) (hnp : ¬p) : q := by
  exfalso
  exact hnp hp
theorem prop045 (p q : Prop) (hp : p) (hnp : ¬p) : q := by
  cases hnp hp
theorem prop046 (p q : Prop) (hp : p) (hnp : ¬p) : q := nomatch hnp hp
theorem prop047 (p q : Prop) (hp : p) (hnp : ¬p) : q := hnp.elim hp
theorem prop048 (p : Prop) : p ∧ True ↔ p := by simp
theorem prop049 (p : Prop) : p ∨ False ↔ p := Iff.of_eq (or_false p)
theorem prop050 (p : Prop) : p ∧ True ↔ p := iff_of_eq (and_true p)
theorem prop051 (p : Prop) : p ∧ False ↔ False := ⟨And.right, False.elim⟩
theorem prop052 (p q : Prop) : p ∧ q ↔ q ∧ p := ⟨fun ⟨a, b⟩ => ⟨b, a⟩, fun ⟨a, b⟩ => ⟨b, a⟩⟩
theorem prop053 (p q : Prop) : p ∧ q ↔ q ∧ p := by
  constructor <;> (intro h; exact ⟨h.2, h.1⟩)
theorem prop054 (p q : Prop) : p ∧ q ↔ q ∧ p := by
  constructor
  all_goals
    intro ⟨a, b⟩
    exact ⟨b, a⟩
theorem prop055 (p q r : Prop) : p ∧ (q ∨ r) → (p ∧ q) ∨ (p ∧ r) := by
  rintro ⟨hp, hq | hr⟩
  · exact Or.inl ⟨hp, hq⟩
  · exact Or.inr ⟨hp, hr⟩
theorem prop056 (p q r : Prop) : p ∧ (q ∨ r) → (p ∧ q) ∨ (p ∧ r) := fun
  | ⟨hp, .inl hq⟩ => .inl ⟨hp, hq⟩
  | ⟨hp, .inr hr⟩ => .inr ⟨hp, hr⟩
theorem prop057 (p q r : Prop) : p ∧ (q ∨ r) → (p ∧ q) ∨ (p ∧ r) := by
  intro h
  have hp : p := h.left
  match h.right with
  | .inl hq => exact .inl ⟨hp, hq⟩
  | .inr hr => exact .inr ⟨hp, hr⟩
theorem prop058 (p q r : Prop) : (p ∨ q) ∨ r ↔ p ∨ q ∨ r := or_assoc
theorem prop059 (p q r : Prop) : (p ∨ q) ∨ r ↔ p ∨ q ∨ r := by
  constructor
  · rintro ((h | h) | h)
    · exact Or.inl h
    · exact Or.inr (Or.inl h)
    · exact Or.inr (Or.inr h)
  · rintro (h | h | h)
    · exact Or.inl (Or.inl h)
    · exact Or.inl (Or.inr h)
    · exact Or.inr h
theorem prop060 (p q r : Prop) : (p ∨ q) ∨ r ↔ p ∨ q ∨ r := by
  refine ⟨fun h => ?_, fun h => ?_⟩
  · rcases h with (h | h) | h
    · left; exact h
    · right; left; exact h
    · right; right; exact h
  · rcases h with h | h | h
    · left; left; exact h
    · left; right; exact h
    · right; exact h
theorem prop061 (p q r : Prop) (h : p → q ∧ r) : (p → q) ∧ (p → r) :=
  ⟨fun hp => (h hp).1, fun hp => (h hp).2⟩
theorem prop062 (p q r : Prop) (h : p → q ∧ r) : (p → q) ∧ (p → r) := by
  constructor <;> intro hp
  · exact (h hp).left
  · exact (h hp).right
theorem prop063 (p q : Prop) (h : p = q) : p ↔ q := by rw [h]
theorem prop064 (p q : Prop) (h : p = q) (hp : p) : q := h ▸ hp
theorem prop065 (p q : Prop) (h : p = q) (hp : p) : q := h.mp hp
theorem prop066 (p q : Prop) (h : p = q) (hp : p) : q := cast h hp
theorem prop067 (p q : Prop) (h : p = q) (hp : p) : q := by
  subst h
  exact hp
theorem prop068 (p q : Prop) (h : p ↔ q) : p = q := propext h
theorem prop069 (p q r : Prop) : (p → q → r) ↔ (q → p → r) := ⟨fun f hq hp => f hp hq, fun f hp hq => f hq hp⟩
theorem prop070 (p q : Prop) : p → (p → q) → q := by
  intro hp h
  exact h hp
theorem prop071 (p q : Prop) (hp : p) (h : p → q) : q := by
  suffices hq : q from hq
  exact h hp
theorem prop072 (p q : Prop) (hp : p) (h : p → q) : q := by
  suffices h' : p by exact h h'
  exact hp
theorem prop073 (p q : Prop) (hp : p) (h : p → q) : q ∧ p := by
  have hq : q := by
    apply h
    assumption
  exact ⟨hq, ‹p›⟩
theorem prop074 (p q : Prop) : p → p ∨ q := by
  intro hp
  left
  trivial
theorem prop075 (p q r : Prop) (h : p ∧ q ∧ r) : r ∧ q ∧ p := by
  let ⟨a, b, c⟩ := h
  exact ⟨c, b, a⟩
theorem prop076 (p q r : Prop) (h : p ∧ q ∧ r) : r ∧ q ∧ p :=
  let ⟨a, b, c⟩ := h
  ⟨c, b, a⟩
theorem prop077 (p q r : Prop) (h : p ∧ q ∧ r) : r ∧ q ∧ p :=
  have ⟨a, b, c⟩ := h
  ⟨c, b, a⟩
theorem prop078 (p q r : Prop) (h : p ∧ q ∧ r) : r ∧ q ∧ p := by
  and_intros
  · exact h.2.2
  · exact h.2.1
  · exact h.1
theorem prop079 (p q : Prop) (h : ¬q → ¬p) (hq : ¬q) : ¬p := by
  intro hp
  apply h hq
  exact hp
theorem prop080 (p q : Prop) (h : p → q) : ¬q → ¬p := mt h
theorem prop081 (p q : Prop) (h : p → q) : ¬q → ¬p := fun hnq hp => absurd (h hp) hnq
theorem prop082 (p : Prop) : ¬¬(p ∨ ¬p) := fun h => h (Or.inr (fun hp => h (Or.inl hp)))
theorem prop083 (p : Prop) : ¬¬(p ∨ ¬p) := by
  intro h
  apply h
  right
  intro hp
  apply h
  left
  exact hp
theorem prop084 (p q : Prop) (h : (p ∨ q) ∧ ¬p) : q := h.1.resolve_left h.2
theorem prop085 (p q : Prop) (h : (p ∨ q) ∧ ¬p) : q := by
  rcases h with ⟨hp | hq, hn⟩
  · exact absurd hp hn
  · exact hq
theorem prop086 (p q : Prop) (h : (p ∨ q) ∧ ¬p) : q := by
  obtain ⟨hp | hq, hn⟩ := h
  · contradiction
  · assumption
theorem prop087 (p q : Prop) : (p ∧ q) ∧ p ↔ p ∧ q := by
  constructor
  · exact And.left
  · intro h
    exact ⟨h, h.1⟩
theorem prop088 (p q r : Prop) (h₁ : p ∨ q) (h₂ : p → r) (h₃ : q → r) : r := Or.elim h₁ h₂ h₃
theorem prop089 (p q r : Prop) (h₁ : p ∨ q) (h₂ : p → r) (h₃ : q → r) : r := by
  cases h₁ with
  | inl h => exact h₂ h
  | inr h => exact h₃ h
theorem prop090 (p q r : Prop) (h₁ : p ∨ q) (h₂ : p → r) (h₃ : q → r) : r := by
  cases h₁ <;> first | (apply h₂; assumption) | (apply h₃; assumption)
theorem prop091 (p q r : Prop) (h₁ : p ∨ q) (h₂ : p → r) (h₃ : q → r) : r := by
  rcases h₁ with h | h
  exacts [h₂ h, h₃ h]
theorem prop092 (p : Prop) (h : p → False) : ¬p := h
theorem prop093 (p : Prop) (h : ¬p) : p ↔ False := iff_of_false h id
theorem prop094 (p : Prop) (h : ¬p) : p ↔ False := by
  constructor
  · exact h
  · intro hf
    exact hf.elim
theorem prop095 (p q : Prop) (h : p ↔ q) : q ↔ p := h.symm
theorem prop096 (p q : Prop) (h : p ↔ q) : q ↔ p := by
  symm
  exact h
theorem prop097 (p q : Prop) (h : p ↔ q) : q ↔ p := by
  cases h with
  | intro mp mpr => exact ⟨mpr, mp⟩
theorem prop098 (p q : Prop) (h : p ↔ q) (hp : p) : q := by
  rw [← h]
  exact hp
theorem prop099 (p q : Prop) (h : p ↔ q) (hp : p) : q := by
  rw [h] at hp
  exact hp
theorem prop100 (p q : Prop) (h : p ↔ q) (hp : p) : q := by rwa [← h]
theorem prop101 (p q : Prop) (h : p ↔ q) (hp : p) : q := by
  apply h.mp
  assumption
theorem prop102 (p q : Prop) (h : p ↔ q) (hp : p) : q := by
  simp only [h] at hp
  exact hp
theorem prop103 (p q : Prop) (h : p ↔ q) (hp : p) : q := by simpa [h] using hp
theorem prop104 (p q r : Prop) : (p ∧ q → r) ↔ (p → q → r) := and_imp
theorem prop105 (p q r : Prop) : (p ∧ q → r) ↔ (p → q → r) := by
  constructor
  · intro h hp hq
    exact h ⟨hp, hq⟩
  · intro h ⟨hp, hq⟩
    exact h hp hq
theorem prop106 : True := by trivial
theorem prop107 : ¬False := by
  intro h
  exact h
theorem prop108 : ¬False := not_false
theorem prop109 : ¬False := nofun
theorem prop110 : True ∧ True ∧ ¬False := by decide
theorem prop111 (p : Prop) (h : False) : p := h.elim
theorem prop112 (p : Prop) (h : False) : p := nomatch h
theorem prop113 (p : Prop) (h : False) : p := by cases h
theorem prop114 (p : Prop) (h : False) : p := by contradiction
theorem prop115 (p : Prop) (h : False) : p := by
  rcases h with ⟨⟩
theorem prop116 (p : Prop) : False → p := by rintro ⟨⟩
theorem prop117 (p : Prop) : False → p := by
  intro h
  nomatch h
theorem prop118 (p q r : Prop) (hr : r) : p ∧ q → q ∧ r := by
  rintro ⟨-, hq⟩
  exact ⟨hq, hr⟩
theorem prop119 (p q : Prop) : p ∧ q → p := by
  intro (h : p ∧ q)
  exact h.left
theorem prop120 (p q : Prop) : p → q → p := by
  intro hp _
  assumption
theorem prop121 (p q : Prop) (hp : p) (hq : q) : p ∧ q := by
  exact { left := hp, right := hq }
theorem prop122 (p q : Prop) (f : p → q) (g : q → p) : p ↔ q := { mp := f, mpr := g }
theorem prop123 (p q : Prop) (f : p → q) (g : q → p) : p ↔ q := Iff.intro f g
theorem prop124 (p q r : Prop) : (p → q) ∧ (p → r) ↔ (p → q ∧ r) :=
  Iff.intro (fun h hp => And.intro (h.left hp) (h.right hp)) (fun h => And.intro (fun hp => (h hp).left) (fun hp => (h hp).right))
theorem prop125 (p q : Prop) : (¬p ∨ q) → (p → q) := by
  intro h hp
  cases h with
  | inl hnp => exact (hnp hp).elim
  | inr hq => exact hq
theorem prop126 (p q : Prop) : (¬p ∨ q) → (p → q) := by
  rintro (hnp | hq) hp
  · exact absurd hp hnp
  · exact hq
theorem prop127 (p q : Prop) (hnq : ¬q) (h : p → q) : ¬p := by
  intro hp
  exact hnq <| h hp
theorem prop128 (p q r : Prop) (hp : p) (hq : q) (hr : r) : (p ∧ q) ∧ r := by
  constructor
  constructor
  exact hp
  exact hq
  exact hr
theorem prop129 (p q r : Prop) (hp : p) (hq : q) (hr : r) : (p ∧ q) ∧ r := by
  repeat constructor
  all_goals assumption
theorem prop130 (p q r : Prop) (hp : p) (hq : q) (hr : r) : (p ∧ q) ∧ r := by
  repeat (first | assumption | constructor)
theorem prop131 (p q r : Prop) (hp : p) (hq : q) (hr : r) : (p ∧ q) ∧ r := by simp [hp, hq, hr]
theorem prop132 (p q r : Prop) (hp : p) (hq : q) (hr : r) : (p ∧ q) ∧ r := by simp only [hp, hq, hr, and_self]
theorem prop133 (p q : Prop) : p ∧ (p → q) → q := fun h => h.2 h.1
theorem prop134 (p q : Prop) : p ∧ (p → q) → q := by
  intro h
  obtain ⟨hp, hpq⟩ := h
  apply hpq
  exact hp
theorem prop135 (p q : Prop) : (p ∨ q → p) → (q → p) := fun h hq => h (.inr hq)
theorem prop136 (p q r : Prop) : (p → r) → (q → r) → p ∨ q → r := fun f g h => h.elim f g
theorem prop137 (p q r : Prop) : (p → r) → (q → r) → p ∨ q → r := by
  intro f g
  rintro (h | h)
  exact f h
  exact g h
theorem prop138 (p q : Prop) (h : ¬(p → q)) : ¬q := fun hq => h fun _ => hq
theorem prop139 (p q : Prop) (h : ¬(p → q)) : ¬q := by
  intro hq
  apply h
  intro _
  exact hq
theorem prop140 (p q : Prop) (h : p ∧ q) : p ∧ (q ∨ p) := ⟨h.1, .inl h.2⟩
theorem prop141 (p : Prop) : p ∨ p ↔ p := or_self_iff
theorem prop142 (p : Prop) : p ∧ p ↔ p := and_self_iff
theorem prop143 (p q : Prop) : p ∧ (p ∨ q) ↔ p := ⟨And.left, fun h => ⟨h, Or.inl h⟩⟩
theorem prop144 (p q : Prop) : p ∨ (p ∧ q) ↔ p := by
  constructor
  · rintro (h | ⟨h, _⟩) <;> exact h
  · exact Or.inl
theorem prop145 (p q : Prop) (hp : p) : p ∧ q ↔ q := and_iff_right hp
theorem prop146 (p q : Prop) (hp : p) : p ∧ q ↔ q := by
  constructor
  · rintro ⟨_, hq⟩; exact hq
  · intro hq; exact ⟨hp, hq⟩
theorem prop147 (p q r : Prop) : (p ↔ q) → (q ↔ r) → (p ↔ r) := fun ⟨a, b⟩ ⟨c, d⟩ => ⟨c ∘ a, b ∘ d⟩
theorem prop148 (p q r : Prop) (h : p ∧ q ∨ p ∧ r) : p := by
  rcases h with ⟨hp, _⟩ | ⟨hp, _⟩ <;> assumption
theorem prop149 (p q r : Prop) (h : p ∧ q ∨ p ∧ r) : p := h.elim And.left And.left
theorem prop150 (p q : Prop) (h : p → q) (hp : p) : ∃ _ : p, q := ⟨hp, h hp⟩

-- Classical logic.
theorem cl001 (p : Prop) : p ∨ ¬p := Classical.em p
theorem cl002 (p : Prop) : p ∨ ¬p := by
  by_cases h : p
  · exact Or.inl h
  · exact Or.inr h
theorem cl003 (p : Prop) : p ∨ ¬p := by
  by_cases p
  · left; assumption
  · right; assumption
theorem cl004 (p : Prop) (h : ¬¬p) : p := Classical.byContradiction h
theorem cl005 (p : Prop) (h : ¬¬p) : p := Classical.not_not.mp h
theorem cl006 (p : Prop) (h : ¬¬p) : p := by
  cases Classical.em p with
  | inl hp => exact hp
  | inr hnp => exact absurd hnp h
theorem cl007 (p : Prop) (h : ¬¬p) : p := by
  by_cases hp : p
  · exact hp
  · contradiction
theorem cl008 (p : Prop) (h : ¬¬p) : p := by
  apply Classical.byContradiction
  intro hnp
  exact h hnp
theorem cl009 (p : Prop) (h : ¬¬p) : p :=
  match Classical.em p with
  | .inl hp => hp
  | .inr hn => absurd hn h
theorem cl010 (p : Prop) (h : ¬¬p) : p := (Classical.em p).elim id (fun hn => (h hn).elim)
theorem cl011 (p q : Prop) : ((p → q) → p) → p := by
  intro h
  by_cases hp : p
  · exact hp
  · exact h (fun hp' => absurd hp' hp)
theorem cl012 (p q : Prop) : ((p → q) → p) → p := fun h =>
  Classical.byContradiction fun hnp => hnp (h fun hp => (hnp hp).elim)
theorem cl013 (p q : Prop) : (¬q → ¬p) → (p → q) := by
  intro h hp
  apply Classical.byContradiction
  intro hnq
  exact h hnq hp
theorem cl014 (p q : Prop) : (¬q → ¬p) ↔ (p → q) := ⟨fun h hp => Classical.byContradiction fun hn => h hn hp, fun h hn hp => hn (h hp)⟩
theorem cl015 (p q : Prop) : ¬(p ∧ q) ↔ ¬p ∨ ¬q := Classical.not_and_iff_not_or_not
theorem cl016 (p q : Prop) : ¬(p ∧ q) → ¬p ∨ ¬q := by
  intro h
  rcases Classical.em p with hp | hnp
  · right
    intro hq
    exact h ⟨hp, hq⟩
  · left
    exact hnp
theorem cl017 (p q : Prop) : ¬(p → q) → p ∧ ¬q := by
  intro h
  constructor
  · apply Classical.byContradiction
    intro hnp
    exact h (fun hp => absurd hp hnp)
  · intro hq
    exact h (fun _ => hq)
theorem cl018 (p q : Prop) : ¬(p → q) ↔ p ∧ ¬q := Classical.not_imp
theorem cl019 (p q : Prop) : (p → q) ↔ (¬p ∨ q) := by
  constructor
  · intro h
    cases Classical.em p with
    | inl hp => exact Or.inr (h hp)
    | inr hnp => exact Or.inl hnp
  · rintro (hnp | hq) hp
    · exact absurd hp hnp
    · exact hq
theorem cl020 (p q r : Prop) : (p → q ∨ r) → (p → q) ∨ (p → r) := by
  intro h
  by_cases hp : p
  · rcases h hp with hq | hr
    · exact Or.inl fun _ => hq
    · exact Or.inr fun _ => hr
  · exact Or.inl fun hp' => absurd hp' hp
theorem cl021 (p q : Prop) : (p → q) ∨ (q → p) := by
  by_cases hq : q
  · exact Or.inl (fun _ => hq)
  · exact Or.inr (fun h => absurd h hq)
theorem cl022 (p : Prop) : ¬(p ↔ ¬p) := iff_not_self
theorem cl023 (α : Type) (P : α → Prop) : (¬∀ x, P x) → ∃ x, ¬P x := by
  intro h
  apply Classical.byContradiction
  intro hne
  apply h
  intro x
  apply Classical.byContradiction
  intro hx
  exact hne ⟨x, hx⟩
theorem cl024 (α : Type) (P : α → Prop) : (¬∀ x, P x) ↔ ∃ x, ¬P x := Classical.not_forall
theorem cl025 (α : Type) (P : α → Prop) : (¬∃ x, ¬P x) → ∀ x, P x :=
  fun h x => Classical.byContradiction fun hx => h ⟨x, hx⟩
theorem cl026 (α : Type) (P : α → Prop) (h : ∀ x, ¬¬P x) : ∀ x, P x := fun x => Classical.not_not.1 (h x)
theorem cl027 (α : Type) (a : α) (P : α → Prop) : ∃ x, P x → ∀ y, P y := by
  by_cases h : ∀ y, P y
  · exact ⟨a, fun _ => h⟩
  · have ⟨x, hx⟩ := Classical.not_forall.mp h
    exact ⟨x, fun hPx => absurd hPx hx⟩
theorem cl028 (p q : Prop) (h : p ∨ q) (hn : ¬p) : q := by
  cases h
  · contradiction
  · assumption
theorem cl029 (p q : Prop) : p ∨ q ↔ (¬p → q) := Classical.or_iff_not_imp_left
theorem cl030 (p q : Prop) (hp : p → q) (hn : ¬p → q) : q := Classical.byCases hp hn
theorem cl031 (p q : Prop) [Decidable p] (h : ¬(p ∧ q)) : ¬p ∨ ¬q := Decidable.not_and_iff_or_not_not.mp h
theorem cl032 (p : Prop) [Decidable p] (h : ¬¬p) : p := Decidable.byContradiction h
theorem cl033 (p : Prop) [Decidable p] : p ∨ ¬p := Decidable.em p

-- Quantifiers and equality.
theorem fol001 (α : Type) (P Q : α → Prop) (h : ∀ x, P x → Q x) (hP : ∀ x, P x) : ∀ x, Q x := fun x => h x (hP x)
theorem fol002 (α : Type) (P Q : α → Prop) (h : ∀ x, P x → Q x) (hP : ∀ x, P x) : ∀ x, Q x := by
  intro x
  apply h
  apply hP
theorem fol003 (α : Type) (P Q : α → Prop) : (∃ x, P x ∧ Q x) → (∃ x, P x) ∧ ∃ x, Q x := by
  rintro ⟨x, hp, hq⟩
  exact ⟨⟨x, hp⟩, x, hq⟩
theorem fol004 (α : Type) (P Q : α → Prop) : (∃ x, P x ∧ Q x) → (∃ x, P x) ∧ ∃ x, Q x :=
  fun ⟨x, hp, hq⟩ => ⟨⟨x, hp⟩, ⟨x, hq⟩⟩
theorem fol005 (α : Type) (P Q : α → Prop) : (∃ x, P x ∧ Q x) → ∃ x, Q x ∧ P x := by
  intro h
  cases h with
  | intro w hw => exact Exists.intro w ⟨hw.2, hw.1⟩
theorem fol006 (α : Type) (P Q : α → Prop) : (∃ x, P x ∧ Q x) → ∃ x, Q x ∧ P x := by
  intro ⟨w, hp, hq⟩
  exists w
theorem fol007 (α : Type) (P Q : α → Prop) : (∃ x, P x ∧ Q x) → ∃ x, Q x ∧ P x := by
  intro h
  obtain ⟨w, hp, hq⟩ := h
  refine ⟨w, ?_, ?_⟩
  · exact hq
  · exact hp
theorem fol008 (α : Type) (P Q : α → Prop) : (∃ x, P x ∧ Q x) → ∃ x, Q x ∧ P x := by
  intro h
  match h with
  | ⟨w, hw⟩ =>
    apply Exists.intro w
    constructor
    · exact hw.right
    · exact hw.left
theorem fol009 (α : Type) (P Q : α → Prop) (h : ∃ x, P x ∧ Q x) : ∃ x, Q x ∧ P x :=
  Exists.elim h (fun w hw => Exists.intro w (And.intro hw.right hw.left))
theorem fol010 (α : Type) (P Q : α → Prop) (h : ∃ x, P x ∧ Q x) : ∃ x, Q x ∧ P x :=
  h.elim fun w hw => ⟨w, hw.symm⟩
theorem fol011 (α : Type) (P Q : α → Prop) (h : ∃ x, P x ∧ Q x) : ∃ x, Q x ∧ P x :=
  let ⟨w, hp, hq⟩ := h; ⟨w, hq, hp⟩
theorem fol012 (α : Type) (P Q : α → Prop) : (∃ x, P x ∨ Q x) ↔ (∃ x, P x) ∨ ∃ x, Q x := by
  constructor
  · rintro ⟨x, hp | hq⟩
    · exact Or.inl ⟨x, hp⟩
    · exact Or.inr ⟨x, hq⟩
  · rintro (⟨x, hp⟩ | ⟨x, hq⟩)
    · exact ⟨x, Or.inl hp⟩
    · exact ⟨x, Or.inr hq⟩
theorem fol013 (α : Type) (P Q : α → Prop) : (∃ x, P x ∨ Q x) ↔ (∃ x, P x) ∨ ∃ x, Q x :=
  ⟨fun
    | ⟨x, .inl h⟩ => .inl ⟨x, h⟩
    | ⟨x, .inr h⟩ => .inr ⟨x, h⟩,
   fun
    | .inl ⟨x, h⟩ => ⟨x, .inl h⟩
    | .inr ⟨x, h⟩ => ⟨x, .inr h⟩⟩
theorem fol014 (α : Type) (P Q : α → Prop) : (∀ x, P x ∧ Q x) ↔ (∀ x, P x) ∧ ∀ x, Q x := by
  constructor
  · intro h
    constructor
    · intro x; exact (h x).1
    · intro x; exact (h x).2
  · rintro ⟨h₁, h₂⟩ x
    exact ⟨h₁ x, h₂ x⟩
theorem fol015 (α : Type) (P : α → Prop) (q : Prop) : (∃ x, P x ∧ q) ↔ (∃ x, P x) ∧ q := exists_and_right
theorem fol016 (α : Type) (P : α → Prop) : (¬∃ x, P x) ↔ ∀ x, ¬P x := not_exists
theorem fol017 (α : Type) (P : α → Prop) : (¬∃ x, P x) ↔ ∀ x, ¬P x :=
  ⟨fun h x hx => h ⟨x, hx⟩, fun h ⟨x, hx⟩ => h x hx⟩
theorem fol018 (α : Type) (P : α → Prop) : (¬∃ x, P x) ↔ ∀ x, ¬P x := by
  constructor
  · intro h x hPx
    apply h
    exists x
  · rintro h ⟨x, hx⟩
    exact h x hx
theorem fol019 (α : Type) (P : α → Prop) (q : Prop) : ((∃ x, P x) → q) ↔ ∀ x, P x → q :=
  ⟨fun h x hx => h ⟨x, hx⟩, fun h ⟨x, hx⟩ => h x hx⟩
theorem fol020 (α β : Type) (R : α → β → Prop) : (∃ x, ∀ y, R x y) → ∀ y, ∃ x, R x y := by
  intro ⟨x, hx⟩ y
  exact ⟨x, hx y⟩
theorem fol021 (α β : Type) (R : α → β → Prop) : (∃ x y, R x y) ↔ ∃ y x, R x y :=
  ⟨fun ⟨x, y, h⟩ => ⟨y, x, h⟩, fun ⟨y, x, h⟩ => ⟨x, y, h⟩⟩
theorem fol022 (α β : Type) (R : α → β → Prop) : (∃ x y, R x y) ↔ ∃ y x, R x y := exists_comm
theorem fol023 (α β : Type) (R : α → β → Prop) : (∀ x y, R x y) ↔ ∀ y x, R x y := ⟨fun h y x => h x y, fun h x y => h y x⟩
theorem fol024 (α : Type) (a b : α) (h : a = b) : b = a := h.symm
theorem fol025 (α : Type) (a b : α) (h : a = b) : b = a := by rw [h]
theorem fol026 (α : Type) (a b : α) (h : a = b) : b = a := h ▸ rfl
theorem fol027 (α : Type) (a b : α) (h : a = b) : b = a := by
  subst h
  rfl
theorem fol028 (α : Type) (a b : α) (h : a = b) : b = a := by
  cases h
  rfl
theorem fol029 (α : Type) (a b : α) (h : a = b) : b = a := by
  symm
  assumption
theorem fol030 (α : Type) (a b : α) (h : a = b) : b = a := Eq.symm h
theorem fol031 (α : Type) (a b : α) (h : a = b) : b = a := match h with
  | rfl => rfl
theorem fol032 (α : Type) (a b c : α) (h₁ : a = b) (h₂ : b = c) : a = c := h₁.trans h₂
theorem fol033 (α : Type) (a b c : α) (h₁ : a = b) (h₂ : b = c) : a = c := by
  calc
    a = b := h₁
    _ = c := h₂
theorem fol034 (α : Type) (a b c : α) (h₁ : a = b) (h₂ : b = c) : a = c := by rw [h₁, h₂]
theorem fol035 (α : Type) (a b c : α) (h₁ : a = b) (h₂ : b = c) : a = c := by
  rw [h₁]
  exact h₂
theorem fol036 (α : Type) (a b c : α) (h₁ : a = b) (h₂ : c = b) : a = c := by rw [h₁, ← h₂]
theorem fol037 (α : Type) (a b c : α) (h₁ : a = b) (h₂ : c = b) : a = c := h₁.trans h₂.symm
theorem fol038 (α β : Type) (f : α → β) (a b : α) (h : a = b) : f a = f b := congrArg f h
theorem fol039 (α β : Type) (f : α → β) (a b : α) (h : a = b) : f a = f b := by rw [h]
theorem fol040 (α β : Type) (f : α → β) (a b : α) (h : a = b) : f a = f b := by
  congr
theorem fol041 (α β : Type) (f : α → β) (a b : α) (h : a = b) : f a = f b := h ▸ rfl
theorem fol042 (α β : Type) (f g : α → β) (a : α) (h : f = g) : f a = g a := congrFun h a
theorem fol043 (α β : Type) (f g : α → β) (a b : α) (h : f = g) (h' : a = b) : f a = g b := congr h h'
theorem fol044 (α β : Type) (f g : α → β) (a b : α) (h : f = g) (h' : a = b) : f a = g b := by rw [h, h']
theorem fol045 (α β : Type) (f g : α → β) (h : ∀ x, f x = g x) : f = g := funext h
theorem fol046 (α β : Type) (f g : α → β) (h : ∀ x, f x = g x) : f = g := by
  funext x
  exact h x
theorem fol047 (α β : Type) (f g : α → β) (h : ∀ x, f x = g x) : f = g := funext fun x => h x
theorem fol048 (α : Type) (P : α → Prop) (a b : α) (h : a = b) (ha : P a) : P b := h ▸ ha
theorem fol049 (α : Type) (P : α → Prop) (a b : α) (h : a = b) (ha : P a) : P b := by
  rw [← h]
  assumption
theorem fol050 (α : Type) (P : α → Prop) (a b : α) (h : a = b) (ha : P a) : P b := by rwa [h] at ha
theorem fol051 (α : Type) (P : α → Prop) (a b : α) (h : a = b) (ha : P a) : P b := Eq.subst h ha
theorem fol052 (α : Type) (P : α → Prop) (a b : α) (h : a = b) (ha : P a) : P b := by
  cases h
  exact ha
theorem fol053 (α : Type) (P : α → Prop) (a b : α) (h : a = b) (ha : P a) : P b := by
  obtain rfl := h
  exact ha
theorem fol054 (α : Type) (P : α → Prop) (a b : α) (ha : P a) (hb : ¬P b) : a ≠ b := by
  intro h
  rw [h] at ha
  exact hb ha
theorem fol055 (α : Type) (P : α → Prop) (a b : α) (ha : P a) (hb : ¬P b) : a ≠ b := fun h => hb (h ▸ ha)
theorem fol056 (α : Type) (P : α → Prop) (a b : α) (ha : P a) (hb : ¬P b) : a ≠ b := by
  rintro rfl
  contradiction
theorem fol057 (α : Type) (a b : α) (h : a ≠ b) : b ≠ a := h.symm
theorem fol058 (α : Type) (a b : α) (h : a ≠ b) : b ≠ a := fun e => h e.symm
theorem fol059 (α : Type) (a b : α) (h : a ≠ b) : b ≠ a := by
  intro e
  apply h
  rw [e]
theorem fol060 (α : Type) (a b c : α) (h : a = b ∧ b = c) : a = c := by
  rcases h with ⟨rfl, rfl⟩
  rfl
theorem fol061 (α : Type) (a b c : α) (h : a = b ∧ b = c) : a = c := by
  obtain ⟨h₁, h₂⟩ := h
  simp [h₁, h₂]
theorem fol062 (α : Type) (f : α → α) (h : ∀ x, f (f x) = x) (a b : α) (hab : f a = f b) : a = b := by
  rw [← h a, hab, h]
theorem fol063 (α : Type) (f : α → α) (h : ∀ x, f (f x) = x) (a b : α) (hab : f a = f b) : a = b := by
  have h₁ : f (f a) = f (f b) := by rw [hab]
  rw [h, h] at h₁
  exact h₁
theorem fol064 (α : Type) (f : α → α) (h : ∀ x, f (f x) = x) (a b : α) (hab : f a = f b) : a = b :=
  calc a = f (f a) := (h a).symm
    _ = f (f b) := congrArg f hab
    _ = b := h b
theorem fol065 (α β : Type) (f : α → β) (g : β → α) (h : ∀ x, g (f x) = x) : ∀ a b, f a = f b → a = b := by
  intro a b hab
  have := congrArg g hab
  rw [h, h] at this
  exact this
theorem fol066 (α β : Type) (f : α → β) (g : β → α) (h : ∀ x, g (f x) = x) : ∀ a b, f a = f b → a = b := by
  intro a b hab
  have : g (f a) = g (f b) := by rw [hab]
  simpa [h] using this
theorem fol067 (α β : Type) (f : α → β) (g : β → α) (h : ∀ x, g (f x) = x) : ∀ y, ∃ x, g x = y := fun y => ⟨f y, h y⟩
theorem fol068 (α : Type) (a : α) : ∃ x, x = a := ⟨a, rfl⟩
theorem fol069 (α : Type) (a : α) : ∃ x, x = a := by exists a
theorem fol070 (α : Type) (a : α) : ∃ x, x = a := by
  constructor
  rfl
theorem fol071 (α : Type) (a : α) : ∃ x, a = x := ⟨_, rfl⟩
theorem fol072 (α : Type) (P : α → Prop) (a : α) : (∃ x, x = a ∧ P x) ↔ P a := by
  constructor
  · rintro ⟨x, rfl, hx⟩
    exact hx
  · intro h
    exact ⟨a, rfl, h⟩
theorem fol073 (α : Type) (P : α → Prop) (a : α) : (∃ x, x = a ∧ P x) ↔ P a := ⟨fun ⟨_, e, h⟩ => e ▸ h, fun h => ⟨a, rfl, h⟩⟩
theorem fol074 (α : Type) (P : α → Prop) (a : α) : (∀ x, x = a → P x) ↔ P a := by
  constructor
  · intro h
    exact h a rfl
  · intro h x hx
    rw [hx]
    exact h
theorem fol075 (α : Type) (P : α → Prop) (a : α) : (∀ x, x = a → P x) ↔ P a := forall_eq
theorem fol076 (α : Type) (P Q : α → Prop) (h : ∀ x, P x ↔ Q x) : (∀ x, P x) ↔ ∀ x, Q x := forall_congr' h
theorem fol077 (α : Type) (P Q : α → Prop) (h : ∀ x, P x ↔ Q x) : (∃ x, P x) ↔ ∃ x, Q x := exists_congr h
theorem fol078 (α : Type) (P Q : α → Prop) (h : ∀ x, P x ↔ Q x) : (∃ x, P x) ↔ ∃ x, Q x := by
  constructor
  · rintro ⟨x, hx⟩
    exact ⟨x, (h x).mp hx⟩
  · rintro ⟨x, hx⟩
    exact ⟨x, (h x).mpr hx⟩
theorem fol079 (α : Type) (P Q : α → Prop) : (∀ x, P x) ∨ (∀ x, Q x) → ∀ x, P x ∨ Q x := by
  intro h x
  rcases h with h | h
  · exact .inl (h x)
  · exact .inr (h x)
theorem fol080 (α : Type) (P : α → Prop) (r : Prop) (a : α) : (∃ _x : α, r) ↔ r := ⟨fun ⟨_, h⟩ => h, fun h => ⟨a, h⟩⟩
theorem fol081 (p : Prop) (a b : p) : a = b := rfl
theorem fol082 (α β γ : Type) (f : α → β) (g : β → γ) (x : α) : (g ∘ f) x = g (f x) := rfl
theorem fol083 (α β : Type) (f : α → β) : f ∘ id = f := rfl
theorem fol084 (α β : Type) (f : α → β) : (fun x => f x) = f := rfl
theorem fol085 (α β γ δ : Type) (f : α → β) (g : β → γ) (h : γ → δ) : (h ∘ g) ∘ f = h ∘ (g ∘ f) := rfl
theorem fol086 (α β γ : Type) (f : α → β) (g : β → γ) (hf : ∀ y, ∃ x, f x = y) (hg : ∀ z, ∃ y, g y = z) : ∀ z, ∃ x, g (f x) = z := by
  intro z
  obtain ⟨y, hy⟩ := hg z
  obtain ⟨x, hx⟩ := hf y
  exact ⟨x, by rw [hx, hy]⟩
theorem fol087 (α β γ : Type) (f : α → β) (g : β → γ) (hf : ∀ y, ∃ x, f x = y) (hg : ∀ z, ∃ y, g y = z) : ∀ z, ∃ x, g (f x) = z := by
  intro z
  rcases hg z with ⟨y, rfl⟩
  rcases hf y with ⟨x, rfl⟩
  exact ⟨x, rfl⟩
theorem fol088 (α : Type) (b : α) (S : α → α → Prop) : ¬∀ x, S b x ↔ ¬S x x := by
  intro h
  have hb := h b
  have hn : ¬S b b := fun hs => hb.mp hs hs
  exact hn (hb.mpr hn)
theorem fol089 (α : Type) (R : α → α → Prop) (hs : ∀ x y, R x y → R y x) (ht : ∀ x y z, R x y → R y z → R x z) (a b : α) (h : R a b) : R a a := ht a b a h (hs a b h)
theorem fol090 (α : Type) (R : α → α → Prop) (hs : ∀ x y, R x y → R y x) (ht : ∀ x y z, R x y → R y z → R x z) (a b : α) (h : R a b) : R a a := by
  apply ht
  · exact h
  · apply hs
    exact h
theorem fol091 (α : Type) (R : α → α → Prop) (hs : ∀ {x y}, R x y → R y x) (ht : ∀ {x y z}, R x y → R y z → R x z) {a b c : α} (h₁ : R a b) (h₂ : R c b) : R a c := ht h₁ (hs h₂)

-- Natural numbers: addition.
theorem add001 (n : Nat) : n + 0 = n := rfl
theorem add002 (n : Nat) : 0 + n = n := Nat.zero_add n
theorem add003 (n : Nat) : 0 + n = n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [← Nat.add_assoc, ih]
theorem add004 (n : Nat) : 0 + n = n := by
  induction n with
  | zero => rfl
  | succ k ih =>
    show 0 + (k + 1) = k + 1
    rw [Nat.add_succ, ih]
theorem add005 (n : Nat) : 0 + n = n := by
  induction n
  case zero => rfl
  case succ n ih => exact congrArg Nat.succ ih
theorem add006 (n : Nat) : 0 + n = n := by simp
theorem add007 (n : Nat) : 0 + n = n := by omega
theorem add008 (n : Nat) : 0 + n = n := Nat.rec (motive := fun n => 0 + n = n) rfl (fun n ih => congrArg Nat.succ ih) n
theorem add009 (n : Nat) : 0 + n = n := by
  induction n with
  | zero => rfl
  | succ n ih =>
    calc 0 + (n + 1) = (0 + n) + 1 := rfl
      _ = n + 1 := by rw [ih]
theorem add010 (a b : Nat) : a + b = b + a := Nat.add_comm a b
theorem add011 (a b : Nat) : a + b = b + a := by rw [Nat.add_comm]
theorem add012 (a b : Nat) : a + b = b + a := by omega
theorem add013 (a b : Nat) : a + b = b + a := Nat.add_comm ..
theorem add014 (a b : Nat) : a + b = b + a := by
  induction b with
  | zero => simp
  | succ b ih => rw [Nat.add_succ, ih, Nat.succ_add]
theorem add016 (a b c : Nat) : a + b + c = a + (b + c) := Nat.add_assoc a b c
theorem add017 (a b c : Nat) : a + b + c = a + (b + c) := by
  induction c with
  | zero => rfl
  | succ c ih => rw [Nat.add_succ, Nat.add_succ, Nat.add_succ, ih]
theorem add018 (a b c : Nat) : a + b + c = a + (b + c) := by
  induction c with
  | zero => rfl
  | succ c ih => simp only [Nat.add_succ, ih]
theorem add019 (a b c : Nat) : a + b + c = c + b + a := by
  rw [Nat.add_comm, Nat.add_comm a b, ← Nat.add_assoc]
theorem add020 (a b c : Nat) : a + b + c = c + b + a := by omega
theorem add021 (a b c : Nat) : a + b + c = a + c + b := Nat.add_right_comm a b c
theorem add022 (a b c : Nat) : a + b + c = a + c + b := by
  rw [Nat.add_assoc, Nat.add_assoc, Nat.add_comm b c]
theorem add023 (a b c : Nat) : a + (b + c) = b + (a + c) := by
  rw [← Nat.add_assoc, ← Nat.add_assoc, Nat.add_comm a b]
theorem add024 (a b c d : Nat) : (a + b) + (c + d) = (a + c) + (b + d) := by
  simp only [Nat.add_assoc, Nat.add_left_comm b c d]
theorem add025 (a b c d : Nat) : (a + b) + (c + d) = (a + c) + (b + d) := by ac_rfl
theorem add026 (a b n : Nat) (h : a + n = b + n) : a = b := Nat.add_right_cancel h
theorem add027 (a b n : Nat) (h : a + n = b + n) : a = b := by
  induction n with
  | zero => exact h
  | succ n ih =>
    apply ih
    exact Nat.succ.inj h
theorem add028 (a b n : Nat) (h : a + n = b + n) : a = b := by
  induction n with
  | zero => exact h
  | succ n ih =>
    injection h with h'
    exact ih h'
theorem add029 (a b n : Nat) (h : n + a = n + b) : a = b := Nat.add_left_cancel h
theorem add030 (a b n : Nat) (h : n + a = n + b) : a = b := by omega
theorem add031 (a b n : Nat) : n + a = n + b ↔ a = b := Nat.add_left_cancel_iff
theorem add032 (a b : Nat) (h : a + b = 0) : a = 0 ∧ b = 0 := by
  constructor
  · exact Nat.eq_zero_of_add_eq_zero_right h
  · exact Nat.eq_zero_of_add_eq_zero_left h
theorem add033 (a b : Nat) (h : a + b = 0) : a = 0 ∧ b = 0 := by omega
theorem add034 (a b : Nat) (h : a + b = 0) : a = 0 := by
  cases b with
  | zero => exact h
  | succ b => cases h
theorem add035 (a b : Nat) (h : a + b = 0) : b = 0 := by
  match b with
  | 0 => rfl
  | k + 1 => exact absurd h (Nat.succ_ne_zero (a + k))
theorem add036 (a b : Nat) (h : a + 1 = b + 1) : a = b := Nat.succ.inj h
theorem add038 (a b : Nat) (h : a + 1 = b + 1) : a = b := by
  cases h
  rfl
theorem add040 (a b : Nat) (h : a.succ = b.succ) : a = b := Nat.succ.inj h
theorem add041 (a b : Nat) (h : a + 1 = b + 1) : a = b := congrArg Nat.pred h
theorem add042 (a b : Nat) (h : a + 1 = b + 1) : a = b := by simpa using h
theorem add043 (n : Nat) : n + 1 ≠ 0 := Nat.succ_ne_zero n
theorem add044 (n : Nat) : n + 1 ≠ 0 := by
  intro h
  cases h
theorem add045 (n : Nat) : n + 1 ≠ 0 := nofun
theorem add046 (n : Nat) : n + 1 ≠ 0 := by omega
theorem add047 (n : Nat) : n + 1 ≠ 0 := by simp
theorem add048 (n : Nat) : n + 1 ≠ 0 := fun h => Nat.noConfusion h
theorem add049 (n : Nat) : n + 1 ≠ 0 := by
  intro h
  injection h
theorem add050 (n : Nat) : n ≠ n + 1 := by
  induction n with
  | zero => exact Nat.zero_ne_one
  | succ n ih =>
    intro h
    exact ih (Nat.succ.inj h)
theorem add051 (n : Nat) : n ≠ n + 1 := Nat.ne_of_lt (Nat.lt_succ_self n)
theorem add052 (n : Nat) (h : n ≠ 0) : ∃ k, n = k + 1 := by
  cases n with
  | zero => contradiction
  | succ k => exact ⟨k, rfl⟩
theorem add053 (n : Nat) (h : n ≠ 0) : ∃ k, n = k + 1 := Nat.exists_eq_succ_of_ne_zero h
theorem add054 (n : Nat) : n = 0 ∨ ∃ k, n = k + 1 := by
  cases n
  · left; rfl
  · right; exact ⟨_, rfl⟩
theorem add055 (n : Nat) : n = 0 ∨ ∃ k, n = k + 1 := match n with
  | 0 => Or.inl rfl
  | k + 1 => Or.inr ⟨k, rfl⟩
theorem add056 : ∃ n : Nat, n + 3 = 5 := ⟨2, rfl⟩
theorem add057 : ∃ n : Nat, n + 3 = 5 := by exists 2
theorem add058 : ∃ n : Nat, n + 3 = 5 := Exists.intro 2 rfl
theorem add059 : ∃ n : Nat, n + 3 = 5 := by
  refine ⟨2, ?_⟩
  decide
theorem add060 (x : Nat) (h : x + 3 = 5) : x = 2 := by omega
theorem add061 (x : Nat) (h : x + 3 = 5) : x = 2 := Nat.add_right_cancel h
theorem add062 (x y : Nat) (h : x = y) : x + 2 = y + 2 := by rw [h]
theorem add063 (x y : Nat) (h : x = y) : x + 2 = y + 2 := congrArg (· + 2) h
theorem add064 (x y : Nat) (h : x = y) : x + 2 = y + 2 := congrArg (fun z => z + 2) h
theorem add065 : (2 : Nat) + 2 ≠ 5 := by decide
theorem add066 : ¬((2 : Nat) = 3) := by decide
theorem add068 : (10 : Nat) * 10 = 100 := rfl
theorem add069 (f : Nat → Nat) (h : ∀ n, f (n + 1) = f n) : ∀ n, f n = f 0 := by
  intro n
  induction n with
  | zero => rfl
  | succ n ih => rw [h, ih]
theorem add070 (f : Nat → Nat) (h : ∀ n, f (n + 1) = f n) (n : Nat) : f n = f 0 :=
  Nat.recOn n rfl (fun n ih => (h n).trans ih)
theorem add071 (f : Nat → Nat) (h₀ : f 0 = 0) (h : ∀ n, f (n + 1) = f n + 1) (n : Nat) : f n = n := by
  induction n with
  | zero => exact h₀
  | succ n ih => rw [h n, ih]
theorem add072 (f : Nat → Nat) (h : ∀ a b, f (a + b) = f a + f b) : f 0 = 0 := by
  have h0 := h 0 0
  rw [Nat.add_zero] at h0
  omega
theorem add073 (P : Nat → Prop) (h0 : P 0) (hs : ∀ n, P n → P (n + 1)) : ∀ n, P n := by
  intro n
  induction n with
  | zero => assumption
  | succ n ih => exact hs n ih
theorem add074 (P : Nat → Prop) (h0 : P 0) (hs : ∀ n, P n → P (n + 1)) : ∀ n, P n := fun n => Nat.rec h0 hs n
theorem add075 (P : Nat → Prop) (h0 : P 0) (hs : ∀ n, P n → P (n + 1)) : ∀ n, P n := by
  intro n
  induction n
  · exact h0
  · apply hs
    assumption
theorem add076 (P : Nat → Prop) (h0 : P 0) (hs : ∀ n, P n → P (n + 1)) : P 3 := hs _ (hs _ (hs _ h0))
theorem add077 (P : Nat → Prop) (h0 : P 0) (h1 : P 1) (hs : ∀ n, P n → P (n + 2)) : ∀ n, P n := by
  have key : ∀ n, P n ∧ P (n + 1) := by
    intro n
    induction n with
    | zero => exact ⟨h0, h1⟩
    | succ n ih => exact ⟨ih.2, hs n ih.1⟩
  intro n
  exact (key n).1
theorem add078 (a b c : Nat) (h : a = b + c) (hb : b = 2) (hc : c = 3) : a = 5 := by
  subst hb hc
  exact h
theorem add079 (a b c : Nat) (h : a = b + c) (hb : b = 2) (hc : c = 3) : a = 5 := by
  rw [h, hb, hc]
theorem add080 (a b c : Nat) (h : a = b + c) (hb : b = 2) (hc : c = 3) : a = 5 := by simp [h, hb, hc]

-- Multiplication and powers.
theorem mul001 (a : Nat) : a * 0 = 0 := rfl
theorem mul002 (a : Nat) : 0 * a = 0 := by
  induction a with
  | zero => rfl
  | succ n ih => rw [Nat.mul_succ, ih]
theorem mul003 (a : Nat) : 0 * a = 0 := Nat.zero_mul a
theorem mul004 (a : Nat) : a * 1 = a := Nat.mul_one a
theorem mul005 (a : Nat) : a * 1 = a := by simp
theorem mul006 (a : Nat) : 1 * a = a := by
  induction a with
  | zero => rfl
  | succ n ih => rw [Nat.mul_succ, ih]
theorem mul007 (a : Nat) : 2 * a = a + a := by omega
theorem mul008 (a : Nat) : 2 * a = a + a := Nat.two_mul a
theorem mul009 (a : Nat) : 2 * a = a + a := by rw [Nat.succ_mul, Nat.one_mul]
theorem mul010 (a b : Nat) : a * b = b * a := Nat.mul_comm a b
theorem mul011 (a b : Nat) : a * b = b * a := by
  induction b with
  | zero => rw [Nat.mul_zero, Nat.zero_mul]
  | succ b ih => rw [Nat.mul_succ, Nat.succ_mul, ih]
theorem mul012 (a b c : Nat) : a * (b + c) = a * b + a * c := Nat.mul_add a b c
theorem mul013 (a b c : Nat) : a * (b + c) = a * b + a * c := by
  induction c with
  | zero => rfl
  | succ c ih => rw [Nat.add_succ, Nat.mul_succ, Nat.mul_succ, ih, Nat.add_assoc]
theorem mul014 (a b c : Nat) : (a + b) * c = a * c + b * c := by
  rw [Nat.mul_comm, Nat.mul_add, Nat.mul_comm c a, Nat.mul_comm c b]
theorem mul015 (a b c : Nat) : a * b * c = a * (b * c) := by
  induction c with
  | zero => rfl
  | succ c ih => rw [Nat.mul_succ, Nat.mul_succ, Nat.mul_add, ih]
theorem mul016 (a b c : Nat) : a * b * c = a * c * b := by rw [Nat.mul_assoc, Nat.mul_comm b c, ← Nat.mul_assoc]
theorem mul017 (a b c : Nat) : a * b * c = c * b * a := by ac_rfl
theorem mul018 (a b : Nat) : (a + b) * (a + b) = a * a + 2 * (a * b) + b * b := by
  rw [Nat.mul_add, Nat.add_mul, Nat.add_mul, Nat.two_mul, Nat.mul_comm b a]
  omega
theorem mul019 (a b : Nat) (h : a * b = 0) : a = 0 ∨ b = 0 := Nat.eq_zero_of_mul_eq_zero h
theorem mul020 (a b : Nat) (h : a * b = 0) : a = 0 ∨ b = 0 := by
  cases a with
  | zero => left; rfl
  | succ a =>
    right
    cases b with
    | zero => rfl
    | succ b =>
      rw [Nat.mul_succ] at h
      exact absurd h (Nat.succ_ne_zero _)
theorem mul021 (a b : Nat) (ha : 0 < a) (hb : 0 < b) : 0 < a * b := Nat.mul_pos ha hb
theorem mul022 (a b c : Nat) (ha : 0 < a) (h : a * b = a * c) : b = c := Nat.eq_of_mul_eq_mul_left ha h
theorem mul023 (a b c : Nat) (h : a ≤ b) : a * c ≤ b * c := Nat.mul_le_mul_right c h
theorem mul024 (a b c : Nat) (h : a ≤ b) : c * a ≤ c * b := Nat.mul_le_mul_left c h
theorem mul025 (a b : Nat) (h : a = b) : a * a = b * b := by rw [h]
theorem mul026 (a b : Nat) (h : a = b) : a * a = b * b := by
  subst h
  rfl
theorem mul027 (n : Nat) : ∃ k, n * (n + 1) = 2 * k := by
  induction n with
  | zero => exact ⟨0, rfl⟩
  | succ n ih =>
    obtain ⟨k, hk⟩ := ih
    refine ⟨k + (n + 1), ?_⟩
    have step : (n + 1) * (n + 1 + 1) = n * (n + 1) + 2 * (n + 1) := by
      rw [← Nat.add_mul, Nat.mul_comm]
    rw [step, hk]
    omega
theorem mul028 (a : Nat) : a ^ 0 = 1 := rfl
theorem mul029 (a : Nat) : a ^ 2 = a * a := Nat.pow_two a
theorem mul030 (a : Nat) : a ^ 2 = a * a := by rw [Nat.pow_succ, Nat.pow_one]
theorem mul031 (a n : Nat) : a ^ (n + 1) = a ^ n * a := rfl
theorem mul032 (a n : Nat) : a ^ (n + 1) = a ^ n * a := Nat.pow_succ
theorem mul033 (a m n : Nat) : a ^ (m + n) = a ^ m * a ^ n := by
  induction n with
  | zero => rw [Nat.add_zero, Nat.pow_zero, Nat.mul_one]
  | succ n ih => rw [Nat.add_succ, Nat.pow_succ, Nat.pow_succ, ih, Nat.mul_assoc]
theorem mul034 (a m n : Nat) : a ^ (m + n) = a ^ m * a ^ n := Nat.pow_add a m n
theorem mul035 (n : Nat) : 1 ^ n = 1 := Nat.one_pow n
theorem mul036 (n : Nat) : 1 ^ n = 1 := by
  induction n with
  | zero => rfl
  | succ n ih => rw [Nat.pow_succ, ih]
theorem mul037 (n : Nat) : 0 ^ (n + 1) = 0 := by rw [Nat.pow_succ, Nat.mul_zero]
theorem mul038 (n : Nat) : 0 < 2 ^ n := Nat.two_pow_pos n
theorem mul039 (n : Nat) : 0 < 2 ^ n := by
  induction n with
  | zero => decide
  | succ n ih =>
    rw [Nat.pow_succ]
    omega
theorem mul040 (n : Nat) : n < 2 ^ n := by
  induction n with
  | zero => decide
  | succ n ih =>
    rw [Nat.pow_succ]
    omega
theorem mul041 (n : Nat) : n < 2 ^ n := Nat.lt_two_pow_self
theorem mul042 : 2 ^ 10 = 1024 := rfl
theorem mul043 : 2 ^ 10 = 1024 := by decide
theorem mul044 : 2 ^ 64 = 18446744073709551616 := by decide
theorem mul045 (a b n : Nat) : (a * b) ^ n = a ^ n * b ^ n := Nat.mul_pow a b n
theorem mul046 (a b : Nat) (h : b ≠ 0) : a ≤ a * b := Nat.le_mul_of_pos_right a (Nat.pos_of_ne_zero h)

-- Order.
theorem le001 (n : Nat) : 0 ≤ n := Nat.zero_le n
theorem le002 (n : Nat) : 0 ≤ n := by
  induction n with
  | zero => exact Nat.le_refl 0
  | succ n ih => exact Nat.le_succ_of_le ih
theorem le003 (n : Nat) : n ≤ n := Nat.le_refl n
theorem le004 (n : Nat) : n ≤ n := by rfl
theorem le005 (n : Nat) : n ≤ n := Nat.le.refl
theorem le006 (n : Nat) : n ≤ n + 1 := Nat.le_succ n
theorem le007 (n : Nat) : n ≤ n + 1 := by omega
theorem le008 (n : Nat) : n ≤ n + 1 := Nat.le.step Nat.le.refl
theorem le009 (a b c : Nat) (h₁ : a ≤ b) (h₂ : b ≤ c) : a ≤ c := Nat.le_trans h₁ h₂
theorem le010 (a b c : Nat) (h₁ : a ≤ b) (h₂ : b ≤ c) : a ≤ c := by
  calc a ≤ b := h₁
    _ ≤ c := h₂
theorem le012 (a b c : Nat) (h₁ : a ≤ b) (h₂ : b ≤ c) : a ≤ c := by
  induction h₂ with
  | refl => exact h₁
  | step _ ih => exact Nat.le.step ih
theorem le013 (a b c : Nat) (h₁ : a < b) (h₂ : b ≤ c) : a < c := Nat.lt_of_lt_of_le h₁ h₂
theorem le014 (a b c : Nat) (h₁ : a < b) (h₂ : b ≤ c) : a < c := calc
  a < b := h₁
  _ ≤ c := h₂
theorem le015 (a b c : Nat) (h₁ : a < b) (h₂ : b < c) : a < c := Nat.lt_trans h₁ h₂
theorem le016 (a b : Nat) (h₁ : a ≤ b) (h₂ : b ≤ a) : a = b := Nat.le_antisymm h₁ h₂
theorem le017 (a b : Nat) (h₁ : a ≤ b) (h₂ : b ≤ a) : a = b := by
  apply Nat.le_antisymm
  · exact h₁
  · exact h₂
theorem le018 (a b : Nat) (h₁ : a ≤ b) (h₂ : b ≤ a) : a = b := by
  apply Nat.le_antisymm <;> assumption
theorem le019 (a b : Nat) (h₁ : a ≤ b) (h₂ : b ≤ a) : a = b := by omega
theorem le020 (a b : Nat) : a ≤ b ∨ b ≤ a := Nat.le_total a b
theorem le021 (a b : Nat) : a < b ∨ b ≤ a := Nat.lt_or_ge a b
theorem le022 (a b : Nat) : a < b ∨ a = b ∨ b < a := by
  rcases Nat.lt_trichotomy a b with h | h | h
  · exact Or.inl h
  · exact Or.inr (Or.inl h)
  · exact Or.inr (Or.inr h)
theorem le023 (a b : Nat) : a < b ∨ a = b ∨ b < a := by omega
theorem le024 (n : Nat) : ¬n < n := Nat.lt_irrefl n
theorem le025 (n : Nat) : ¬n < 0 := Nat.not_lt_zero n
theorem le026 (n : Nat) : ¬n < 0 := by
  intro h
  cases h
theorem le027 (n : Nat) : ¬n < 0 := nofun
theorem le028 (n : Nat) (h : n ≤ 0) : n = 0 := Nat.eq_zero_of_le_zero h
theorem le029 (n : Nat) (h : n ≤ 0) : n = 0 := by
  cases h
  rfl
theorem le030 (n : Nat) (h : n ≤ 0) : n = 0 := Nat.le_zero.mp h
theorem le031 (n : Nat) (h : n < 1) : n = 0 := Nat.lt_one_iff.mp h
theorem le032 (n : Nat) (h : n < 2) : n = 0 ∨ n = 1 := by
  match n with
  | 0 => exact Or.inl rfl
  | 1 => exact Or.inr rfl
  | k + 2 => omega
theorem le033 (n : Nat) (h : n < 2) : n = 0 ∨ n = 1 := by omega
theorem le034 (a b : Nat) (h : a < b) : a ≤ b := Nat.le_of_lt h
theorem le036 (a b : Nat) (h : a < b) : a + 1 ≤ b := h
theorem le037 (a b : Nat) (h : a < b) : a ≠ b := Nat.ne_of_lt h
theorem le038 (a b : Nat) (h : a < b) : a ≠ b := by
  intro e
  rw [e] at h
  exact Nat.lt_irrefl b h
theorem le039 (a b : Nat) (h : a < b) : a ≠ b := by
  rintro rfl
  exact Nat.lt_irrefl _ h
theorem le040 (a b : Nat) (h : a < b) : a ≠ b := fun e => absurd (e ▸ h) (Nat.lt_irrefl _)
theorem le041 (a b : Nat) (h : a < b) : ¬b ≤ a := Nat.not_le_of_gt h
theorem le042 (a b : Nat) (h : a < b) : ¬b ≤ a := Nat.not_le.mpr h
theorem le043 (a b : Nat) (h : ¬a ≤ b) : b < a := Nat.lt_of_not_le h
theorem le044 (a b : Nat) (h : ¬a ≤ b) : b < a := Nat.gt_of_not_le h
theorem le045 (a b : Nat) (h : ¬a < b) : b ≤ a := Nat.le_of_not_lt h
theorem le046 (a b : Nat) (h : ¬a < b) : b ≤ a := Nat.not_lt.mp h
theorem le047 (a b : Nat) (h : a ≤ b) : ∃ c, b = a + c := ⟨b - a, (Nat.add_sub_cancel' h).symm⟩
theorem le048 (a b : Nat) (h : a ≤ b) : ∃ c, b = a + c := ⟨b - a, by omega⟩
theorem le049 (a b : Nat) (h : a ≤ b) : ∃ c, b = a + c := Nat.exists_eq_add_of_le h
theorem le050 (a b : Nat) (h : a ≤ b) : ∃ c, b = a + c := by
  induction h with
  | refl => exact ⟨0, rfl⟩
  | @step m _ ih =>
    obtain ⟨c, hc⟩ := ih
    exact ⟨c + 1, by rw [hc]; rfl⟩
theorem le051 (a b : Nat) (h : ∃ c, b = a + c) : a ≤ b := by
  obtain ⟨c, rfl⟩ := h
  exact Nat.le_add_right a c
theorem le052 (a b : Nat) (h : ∃ c, b = a + c) : a ≤ b := by
  rcases h with ⟨c, hc⟩
  rw [hc]
  apply Nat.le_add_right
theorem le053 (a b c : Nat) (h : a ≤ b) : a + c ≤ b + c := Nat.add_le_add_right h c
theorem le054 (a b c d : Nat) (h₁ : a ≤ b) (h₂ : c ≤ d) : a + c ≤ b + d := Nat.add_le_add h₁ h₂
theorem le055 (a b c d : Nat) (h₁ : a ≤ b) (h₂ : c ≤ d) : a + c ≤ b + d := by
  calc a + c ≤ b + c := Nat.add_le_add_right h₁ c
    _ ≤ b + d := Nat.add_le_add_left h₂ b
theorem le056 (a b c d : Nat) (h₁ : a ≤ b) (h₂ : c ≤ d) : a + c ≤ b + d := by
  apply Nat.le_trans (m := b + c)
  · exact Nat.add_le_add_right h₁ _
  · exact Nat.add_le_add_left h₂ _
theorem le057 (a b : Nat) (h : a + 1 ≤ b + 1) : a ≤ b := Nat.le_of_succ_le_succ h
theorem le058 (a b : Nat) (h : a + 1 ≤ b + 1) : a ≤ b := Nat.succ_le_succ_iff.mp h
theorem le059 (a b : Nat) (h : a < b + 1) : a ≤ b := Nat.le_of_lt_succ h
theorem le060 (a b : Nat) (h : a < b + 1) : a ≤ b := Nat.lt_succ_iff.mp h
theorem le061 (a b : Nat) (h : a ≤ b) : a < b + 1 := Nat.lt_succ_of_le h
theorem le062 (a b : Nat) (h : a ≤ b) : a < b ∨ a = b := Nat.lt_or_eq_of_le h
theorem le063 (a b : Nat) (h : a ≤ b) (hne : a ≠ b) : a < b := Nat.lt_of_le_of_ne h hne
theorem le064 (a b : Nat) (h : a ≤ b) (hne : a ≠ b) : a < b := by
  rcases Nat.lt_or_ge a b with h' | h'
  · exact h'
  · exact absurd (Nat.le_antisymm h h') hne
theorem le065 (n : Nat) (h : n ≠ 0) : 0 < n := Nat.pos_of_ne_zero h
theorem le066 (n : Nat) (h : 0 < n) : n ≠ 0 := Nat.pos_iff_ne_zero.mp h
theorem le067 (n : Nat) (h : 0 < n) : n ≠ 0 := by
  intro hn
  subst hn
  exact Nat.lt_irrefl 0 h
theorem le068 (n : Nat) (h : 0 < n) : ∃ m, n = m + 1 := by
  cases n with
  | zero => exact absurd h (Nat.lt_irrefl 0)
  | succ m => exact ⟨m, rfl⟩
theorem le069 (n : Nat) (h : 0 < n) : ∃ m, n = m + 1 := match n, h with
  | m + 1, _ => ⟨m, rfl⟩
theorem le070 : ¬∃ m : Nat, ∀ n : Nat, n ≤ m := by
  rintro ⟨m, hm⟩
  exact Nat.not_succ_le_self m (hm (m + 1))
theorem le071 : ¬∃ m : Nat, ∀ n : Nat, n ≤ m := fun ⟨m, hm⟩ => absurd (hm (m + 1)) (Nat.not_succ_le_self m)
theorem le072 : ∀ n : Nat, ∃ m, n < m := fun n => ⟨n + 1, Nat.lt_succ_self n⟩
theorem le073 : 3 < 5 := by decide
theorem le075 (P : Nat → Prop) (h : ∀ n, (∀ m, m < n → P m) → P n) (n : Nat) : P n := Nat.strongRecOn n h
theorem le076 (P : Nat → Prop) (h : ∀ n, (∀ m, m < n → P m) → P n) (n : Nat) : P n := by
  have key : ∀ k m, m < k → P m := by
    intro k
    induction k with
    | zero => intro m hm; exact absurd hm (Nat.not_lt_zero m)
    | succ k ih =>
      intro m hm
      apply h
      intro j hj
      apply ih
      omega
  exact key (n + 1) n (Nat.lt_succ_self n)
theorem le077 (f : Nat → Nat) (h : ∀ n, f n < f (n + 1)) (n : Nat) : n ≤ f n := by
  induction n with
  | zero => exact Nat.zero_le _
  | succ n ih => exact Nat.lt_of_le_of_lt ih (h n)
theorem le078 (f : Nat → Nat) (h : ∀ n, f n ≤ f (n + 1)) (a b : Nat) (hab : a ≤ b) : f a ≤ f b := by
  induction hab with
  | refl => exact Nat.le_refl _
  | step _ ih => exact Nat.le_trans ih (h _)
theorem le079 (a b : Nat) (h : 2 * a ≤ 2 * b) : a ≤ b := by omega
theorem le080 (a b : Nat) (h : 2 * a ≤ 2 * b) : a ≤ b := Nat.le_of_mul_le_mul_left h (by decide)

-- Subtraction, division, minimum.
theorem sub001 (n : Nat) : n - n = 0 := Nat.sub_self n
theorem sub002 (n : Nat) : n - n = 0 := by simp
theorem sub003 (n : Nat) : n - n = 0 := by omega
theorem sub004 (n m : Nat) : n + m - m = n := Nat.add_sub_cancel
theorem sub005 (n m : Nat) : n + m - m = n := by simp
theorem sub006 (n m : Nat) (h : m ≤ n) : n - m + m = n := Nat.sub_add_cancel h
theorem sub007 (n m : Nat) (h : m ≤ n) : n - m + m = n := by omega
theorem sub008 (n : Nat) : n - 0 = n := rfl
theorem sub009 (n : Nat) : 0 - n = 0 := Nat.zero_sub n
theorem sub010 (n m : Nat) : n - m ≤ n := Nat.sub_le n m
theorem sub011 (a b c : Nat) : a - b - c = a - (b + c) := Nat.sub_sub a b c
theorem sub012 (n : Nat) : (n + 1) - 1 = n := rfl
theorem sub013 (n : Nat) (h : 0 < n) : n - 1 + 1 = n := Nat.succ_pred_eq_of_pos h
theorem sub014 (n : Nat) (h : 0 < n) : n - 1 + 1 = n := Nat.sub_add_cancel h
theorem sub015 (n : Nat) (h : 0 < n) : n - 1 < n := Nat.sub_lt h Nat.one_pos
theorem sub016 (n : Nat) (h : 0 < n) : n - 1 < n := Nat.pred_lt (Nat.ne_of_gt h)
theorem sub017 (a b : Nat) (h : a - b = 0) : a ≤ b := Nat.le_of_sub_eq_zero h
theorem sub018 (a b : Nat) : a - b = 0 ↔ a ≤ b := Nat.sub_eq_zero_iff_le
theorem sub019 (a b : Nat) (h : a < b) : 0 < b - a := Nat.sub_pos_of_lt h
theorem sub020 (n : Nat) : n % 2 = 0 ∨ n % 2 = 1 := Nat.mod_two_eq_zero_or_one n
theorem sub021 (n : Nat) : n % 2 = 0 ∨ n % 2 = 1 := by omega
theorem sub022 (a b : Nat) : b * (a / b) + a % b = a := Nat.div_add_mod a b
theorem sub023 (n : Nat) : n % 3 < 3 := Nat.mod_lt n (by decide)
theorem sub024 (n : Nat) : n / 1 = n := Nat.div_one n
theorem sub025 (n : Nat) : n % 1 = 0 := Nat.mod_one n
theorem sub026 (n : Nat) : n % n = 0 := Nat.mod_self n
theorem sub027 (n : Nat) (h : 0 < n) : n / n = 1 := Nat.div_self h
theorem sub028 : 17 / 5 = 3 := rfl
theorem sub029 : 17 % 5 = 2 := by decide
theorem sub030 (a b : Nat) (h : 0 < b) : a * b / b = a := Nat.mul_div_cancel a h
theorem sub031 (a b : Nat) (h : 0 < b) : b * a / b = a := Nat.mul_div_cancel_left a h
theorem sub032 (a b : Nat) (h : a < b) : a / b = 0 := Nat.div_eq_of_lt h
theorem sub033 (a b : Nat) (h : a < b) : a % b = a := Nat.mod_eq_of_lt h
theorem sub034 (n : Nat) : ∃ k, n = 2 * k ∨ n = 2 * k + 1 := ⟨n / 2, by omega⟩
theorem sub035 (a b : Nat) (h : a ∣ b) : ∃ c, b = a * c := h
theorem sub036 (a b : Nat) (h : ∃ c, b = a * c) : a ∣ b := h
theorem sub037 (a b c : Nat) (h₁ : a ∣ b) (h₂ : b ∣ c) : a ∣ c := Nat.dvd_trans h₁ h₂
theorem sub038 (a b c : Nat) (h₁ : a ∣ b) (h₂ : b ∣ c) : a ∣ c := by
  obtain ⟨k, rfl⟩ := h₁
  obtain ⟨l, rfl⟩ := h₂
  exact ⟨k * l, Nat.mul_assoc a k l⟩
theorem sub039 (a b c : Nat) (h₁ : a ∣ b) (h₂ : a ∣ c) : a ∣ b + c := Nat.dvd_add h₁ h₂
theorem sub040 (a b c : Nat) (h₁ : a ∣ b) (h₂ : a ∣ c) : a ∣ b + c := by
  rcases h₁ with ⟨k, hk⟩
  rcases h₂ with ⟨l, hl⟩
  exact ⟨k + l, by rw [hk, hl, Nat.mul_add]⟩
theorem sub041 (a : Nat) : a ∣ a := Nat.dvd_refl a
theorem sub042 (a b : Nat) : a ∣ a * b := Nat.dvd_mul_right a b
theorem sub043 (a b : Nat) : a ∣ b * a := ⟨b, Nat.mul_comm b a⟩
theorem sub044 (a : Nat) : 1 ∣ a := ⟨a, (Nat.one_mul a).symm⟩
theorem sub045 (a : Nat) : a ∣ 0 := ⟨0, rfl⟩
theorem sub046 : 3 ∣ 12 := ⟨4, rfl⟩
theorem sub047 : 3 ∣ 12 := by decide
theorem sub048 : ¬3 ∣ 10 := by decide
theorem sub049 (a b : Nat) : min a b ≤ a := Nat.min_le_left a b
theorem sub050 (a b : Nat) : a ≤ max a b := Nat.le_max_left a b
theorem sub051 (a b : Nat) : min a b = min b a := Nat.min_comm a b
theorem sub052 (a b : Nat) (h : a ≤ b) : max a b = b := Nat.max_eq_right h
theorem sub053 (a b : Nat) : max a b = max b a := by omega
theorem sub054 (a b : Nat) : min a b + max a b = a + b := by omega
theorem sub055 (a b c : Nat) (h₁ : c ≤ a) (h₂ : c ≤ b) : c ≤ min a b := Nat.le_min.mpr ⟨h₁, h₂⟩
theorem sub056 (a b : Nat) : min a b ≤ max a b := Nat.le_trans (Nat.min_le_left a b) (Nat.le_max_left a b)
theorem sub057 : min 3 5 = 3 := rfl
theorem sub058 : max 3 5 = 5 := by decide
theorem sub059 (a b : Nat) (h : ¬a ≤ b) : min a b = b := Nat.min_eq_right (Nat.le_of_lt (Nat.lt_of_not_le h))
theorem sub060 (n : Nat) (h : n ≠ 0) : 0 < n := by
  match n with
  | 0 => contradiction
  | n + 1 => exact Nat.zero_lt_succ n
theorem sub061 (n : Nat) (h : n ≠ 0) : ∃ m, n = m + 1 := match n with
  | 0 => absurd rfl h
  | m + 1 => ⟨m, rfl⟩
theorem sub062 (a b : Nat) (h : a * b ≠ 0) : a ≠ 0 := by
  intro ha
  apply h
  rw [ha, Nat.zero_mul]
theorem sub063 (n : Nat) : n / 2 ≤ n := Nat.div_le_self n 2
theorem sub064 (n : Nat) (h : n % 2 = 1) : ∃ k, n = 2 * k + 1 := ⟨n / 2, by omega⟩
theorem sub065 (m n : Nat) (h : 2 ∣ m) (h' : 2 ∣ n) : 2 ∣ m * n := Nat.dvd_trans h (Nat.dvd_mul_right m n)
theorem sub066 (n : Nat) (h : 4 ∣ n) : 2 ∣ n := Nat.dvd_trans ⟨2, rfl⟩ h

-- Lists.
theorem list001 (α : Type) (xs : List α) : [] ++ xs = xs := rfl
theorem list002 (α : Type) (xs : List α) : xs ++ [] = xs := List.append_nil xs
theorem list003 (α : Type) (xs : List α) : xs ++ [] = xs := by
  induction xs with
  | nil => rfl
  | cons x xs ih => rw [List.cons_append, ih]
theorem list004 (α : Type) (xs : List α) : xs ++ [] = xs := by simp
theorem list005 (α : Type) (xs ys zs : List α) : xs ++ ys ++ zs = xs ++ (ys ++ zs) := by
  induction xs with
  | nil => rfl
  | cons x xs ih => simp only [List.cons_append, ih]
theorem list006 (α : Type) (xs ys zs : List α) : xs ++ ys ++ zs = xs ++ (ys ++ zs) := by
  induction xs with
  | nil => rfl
  | cons x xs ih =>
    show x :: (xs ++ ys ++ zs) = x :: (xs ++ (ys ++ zs))
    rw [ih]
theorem list007 (α : Type) (xs ys zs : List α) : xs ++ ys ++ zs = xs ++ (ys ++ zs) := by simp
theorem list008 (α : Type) (xs ys zs : List α) : xs ++ ys ++ zs = xs ++ (ys ++ zs) := List.append_assoc xs ys zs
theorem list009 (α : Type) (xs ys : List α) : (xs ++ ys).length = xs.length + ys.length := List.length_append
theorem list010 (α : Type) (xs ys : List α) : (xs ++ ys).length = xs.length + ys.length := by
  induction xs with
  | nil => simp
  | cons x xs ih =>
    rw [List.cons_append, List.length_cons, List.length_cons, ih]
    omega
theorem list011 (α : Type) (xs ys : List α) : (xs ++ ys).length = xs.length + ys.length := by
  induction xs with
  | nil => rw [List.nil_append, List.length_nil, Nat.zero_add]
  | cons x xs ih => rw [List.cons_append, List.length_cons, List.length_cons, ih, Nat.add_right_comm]
theorem list012 (α : Type) (xs ys : List α) : (xs ++ ys).length = (ys ++ xs).length := by
  rw [List.length_append, List.length_append, Nat.add_comm]
theorem list013 (α : Type) (xs ys : List α) : (xs ++ ys).length = (ys ++ xs).length := by simp [Nat.add_comm]
theorem list014 (α β : Type) (f : α → β) (xs ys : List α) : (xs ++ ys).map f = xs.map f ++ ys.map f := List.map_append
theorem list015 (α β : Type) (f : α → β) (xs ys : List α) : (xs ++ ys).map f = xs.map f ++ ys.map f := by
  induction xs with
  | nil => rfl
  | cons x xs ih => rw [List.cons_append, List.map_cons, List.map_cons, ih, List.cons_append]
theorem list016 (α β : Type) (f : α → β) (xs ys : List α) : (xs ++ ys).map f = xs.map f ++ ys.map f := by
  induction xs with
  | nil => rfl
  | cons x xs ih => simp [ih]
theorem list017 (α β : Type) (f : α → β) (xs : List α) : (xs.map f).length = xs.length := by
  induction xs with
  | nil => rfl
  | cons x xs ih => exact congrArg (· + 1) ih
theorem list018 (α β : Type) (f : α → β) (xs : List α) : (xs.map f).length = xs.length := by
  induction xs with
  | nil => rfl
  | cons x xs ih => simp
theorem list019 (α : Type) (xs : List α) : xs.map id = xs := List.map_id xs
theorem list020 (α : Type) (xs : List α) : xs.map (fun x => x) = xs := by
  induction xs with
  | nil => rfl
  | cons x xs ih => rw [List.map_cons, ih]
theorem list021 (α β γ : Type) (f : α → β) (g : β → γ) (xs : List α) : (xs.map f).map g = xs.map (g ∘ f) := by
  induction xs with
  | nil => rfl
  | cons x xs ih =>
    rw [List.map_cons, List.map_cons, ih]
    rfl
theorem list022 (α β γ : Type) (f : α → β) (g : β → γ) (xs : List α) : (xs.map f).map g = xs.map (g ∘ f) := by simp
theorem list023 (α : Type) (xs ys : List α) : (xs ++ ys).reverse = ys.reverse ++ xs.reverse := List.reverse_append
theorem list024 (α : Type) (xs ys : List α) : (xs ++ ys).reverse = ys.reverse ++ xs.reverse := by
  induction xs with
  | nil => rw [List.nil_append, List.reverse_nil, List.append_nil]
  | cons x xs ih => rw [List.cons_append, List.reverse_cons, List.reverse_cons, ih, List.append_assoc]
theorem list025 (α : Type) (xs : List α) : xs.reverse.reverse = xs := List.reverse_reverse xs
theorem list026 (α : Type) (xs : List α) : xs.reverse.reverse = xs := by simp
theorem list027 (α : Type) (xs : List α) : xs.reverse.reverse = xs := by
  induction xs with
  | nil => rfl
  | cons x xs ih => rw [List.reverse_cons, List.reverse_append, ih]; rfl
theorem list028 (α : Type) (xs : List α) : xs.reverse.length = xs.length := by
  induction xs with
  | nil => rfl
  | cons x xs ih => rw [List.reverse_cons, List.length_append, ih, List.length_singleton, List.length_cons]
theorem list029 (α : Type) (xs : List α) : xs.reverse.length = xs.length := by simp
theorem list030 (α : Type) (x : α) (xs : List α) : x :: xs ≠ [] := List.cons_ne_nil x xs
theorem list031 (α : Type) (x : α) (xs : List α) : x :: xs ≠ [] := nofun
theorem list032 (α : Type) (x : α) (xs : List α) : x :: xs ≠ [] := by simp
theorem list033 (α : Type) (x : α) (xs : List α) : x :: xs ≠ [] := by
  intro h
  cases h
theorem list034 (α : Type) (x y : α) (xs ys : List α) (h : x :: xs = y :: ys) : x = y ∧ xs = ys := by
  injection h with h₁ h₂
  exact ⟨h₁, h₂⟩
theorem list035 (α : Type) (x y : α) (xs ys : List α) (h : x :: xs = y :: ys) : x = y ∧ xs = ys := List.cons.inj h
theorem list036 (α : Type) (x y : α) (xs ys : List α) (h : x :: xs = y :: ys) : x = y ∧ xs = ys := by
  cases h
  exact ⟨rfl, rfl⟩
theorem list037 (α : Type) (x y : α) (xs ys : List α) (h : x :: xs = y :: ys) : x = y ∧ xs = ys := by simpa using h
theorem list038 (α : Type) (xs : List α) (h : xs.length = 0) : xs = [] := by
  cases xs with
  | nil => rfl
  | cons x xs => cases h
theorem list039 (α : Type) (xs : List α) (h : xs.length = 0) : xs = [] := List.length_eq_zero_iff.mp h
theorem list040 (α : Type) (xs : List α) (h : xs.length = 0) : xs = [] := by
  match xs with
  | [] => rfl
  | x :: xs => contradiction
theorem list041 (α : Type) (xs : List α) : xs = [] ∨ ∃ y ys, xs = y :: ys := by
  cases xs with
  | nil => exact Or.inl rfl
  | cons y ys => exact Or.inr ⟨y, ys, rfl⟩
theorem list042 (α : Type) (xs : List α) : xs = [] ∨ ∃ y ys, xs = y :: ys := match xs with
  | [] => .inl rfl
  | y :: ys => .inr ⟨y, ys, rfl⟩
theorem list043 (α : Type) (xs ys zs : List α) (h : xs ++ ys = xs ++ zs) : ys = zs := List.append_cancel_left h
theorem list044 (α : Type) (xs ys zs : List α) (h : xs ++ ys = xs ++ zs) : ys = zs := by
  induction xs with
  | nil => exact h
  | cons x xs ih =>
    apply ih
    injection h with _ h'
    exact h'
theorem list045 (α : Type) (xs ys : List α) (h : xs ++ ys = []) : xs = [] := by
  cases xs with
  | nil => rfl
  | cons x xs => cases h
theorem list046 : [1, 2, 3].length = 3 := rfl
theorem list047 : [1, 2, 3].map (fun x => x + 1) = [2, 3, 4] := rfl
theorem list048 : [1, 2] ++ [3] = [1, 2, 3] := rfl
theorem list049 : [1, 2, 3].reverse = [3, 2, 1] := rfl
theorem list050 : [1, 2, 3].map (· * 2) = [2, 4, 6] := by rfl
theorem list051 (α : Type) (p : α → Bool) (xs ys : List α) : (xs ++ ys).filter p = xs.filter p ++ ys.filter p := List.filter_append xs ys
theorem list052 : [1, 2, 3, 4].filter (fun n => Nat.ble 3 n) = [3, 4] := rfl
theorem list053 (α β : Type) (f : α → β → β) (b : β) (xs ys : List α) : (xs ++ ys).foldr f b = xs.foldr f (ys.foldr f b) := by
  induction xs with
  | nil => rfl
  | cons x xs ih => rw [List.cons_append, List.foldr_cons, List.foldr_cons, ih]
theorem list054 (α β : Type) (f : α → β → β) (b : β) (xs ys : List α) : (xs ++ ys).foldr f b = xs.foldr f (ys.foldr f b) := by
  induction xs with
  | nil => rfl
  | cons x xs ih => exact congrArg (f x) ih
theorem list055 (α β : Type) (f : β → α → β) (b : β) (xs ys : List α) : (xs ++ ys).foldl f b = ys.foldl f (xs.foldl f b) := by
  induction xs generalizing b with
  | nil => rfl
  | cons x xs ih => exact ih (f b x)
theorem list056 (α β : Type) (f : β → α → β) (b : β) (xs ys : List α) : (xs ++ ys).foldl f b = ys.foldl f (xs.foldl f b) := List.foldl_append
theorem list057 (α : Type) (x : α) (n : Nat) : (List.replicate n x).length = n := List.length_replicate
theorem list058 (α : Type) (x : α) (n : Nat) : (List.replicate n x).length = n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [List.replicate_succ, List.length_cons, ih]
theorem list059 (α : Type) (xs : List α) (P : List α → Prop) (h0 : P []) (hs : ∀ x xs, P xs → P (x :: xs)) : P xs := by
  induction xs with
  | nil => exact h0
  | cons x xs ih => exact hs x xs ih
theorem list060 (α : Type) (xs : List α) (P : List α → Prop) (h0 : P []) (hs : ∀ x xs, P xs → P (x :: xs)) : P xs :=
  List.rec h0 (fun x xs ih => hs x xs ih) xs
theorem list061 (xs ys : List Nat) : (xs ++ ys).sum = xs.sum + ys.sum := by
  induction xs with
  | nil => simp
  | cons x xs ih => rw [List.cons_append, List.sum_cons, List.sum_cons, ih, Nat.add_assoc]
theorem list062 (α : Type) (xs : List α) (x : α) : (xs ++ [x]).length = xs.length + 1 := by simp
theorem list063 (α : Type) (xs : List α) (x : α) : (xs ++ [x]).reverse = x :: xs.reverse := by
  rw [List.reverse_append]
  rfl
theorem list064 (α : Type) (xs : List α) (x : α) : (xs ++ [x]).reverse = x :: xs.reverse := by simp

-- Booleans, options, pairs.
theorem bool001 (b : Bool) : (!!b) = b := by cases b <;> rfl
theorem bool002 (b : Bool) : (!!b) = b := Bool.not_not b
theorem bool003 (b : Bool) : (!!b) = b := match b with
  | true => rfl
  | false => rfl
theorem bool004 (b : Bool) : (!!b) = b := by
  cases b
  · rfl
  · rfl
theorem bool005 (b : Bool) : b = true ∨ b = false := by
  cases b with
  | true => left; rfl
  | false => right; rfl
theorem bool006 (b : Bool) : b = true ∨ b = false := by cases b <;> simp
theorem bool007 (b : Bool) (h : b ≠ true) : b = false := by
  cases b
  · rfl
  · exact absurd rfl h
theorem bool008 (b : Bool) (h : b ≠ true) : b = false := by
  cases b with
  | false => rfl
  | true => contradiction
theorem bool009 (b : Bool) (h : b ≠ true) : b = false := Bool.eq_false_of_ne_true h
theorem bool010 (a b : Bool) : (a && b) = (b && a) := by cases a <;> cases b <;> rfl
theorem bool011 (a b : Bool) : (a && b) = (b && a) := Bool.and_comm a b
theorem bool012 (a b c : Bool) : (a && (b || c)) = (a && b || a && c) := by
  cases a <;> cases b <;> cases c <;> rfl
theorem bool013 (a b c : Bool) : (a && (b || c)) = (a && b || a && c) := by
  rcases a with _ | _ <;> rfl
theorem bool014 (a b : Bool) (h : (a && b) = true) : a = true ∧ b = true := by
  cases a <;> cases b <;> simp at h ⊢
theorem bool015 (a b : Bool) (h : (a && b) = true) : a = true := by
  cases a with
  | true => rfl
  | false => cases h
theorem bool016 (a b : Bool) : (a && b) = true ↔ a = true ∧ b = true := by
  cases a <;> cases b <;> decide
theorem bool017 (a b : Bool) : (a || b) = true ↔ a = true ∨ b = true := by
  cases a <;> cases b <;> simp
theorem bool018 : true ≠ false := nofun
theorem bool019 : true ≠ false := by decide
theorem bool020 : true ≠ false := Bool.noConfusion
theorem bool021 (f : Bool → Bool) (b : Bool) : f (f (f b)) = f b := by
  cases b <;> cases h₁ : f true <;> cases h₂ : f false <;> simp [h₁, h₂]
theorem bool022 (a b : Bool) (h : a = b) : (!a) = !b := by rw [h]
theorem opt001 (α : Type) (a b : α) (h : some a = some b) : a = b := Option.some.inj h
theorem opt002 (α : Type) (a b : α) (h : some a = some b) : a = b := by
  cases h
  rfl
theorem opt003 (α : Type) (a : α) : some a ≠ none := nofun
theorem opt004 (α : Type) (a : α) : some a ≠ none := by
  intro h
  cases h
theorem opt005 (α : Type) (o : Option α) : o = none ∨ ∃ a, o = some a := by
  cases o with
  | none => exact Or.inl rfl
  | some a => exact Or.inr ⟨a, rfl⟩
theorem opt006 (α : Type) (o : Option α) : o = none ∨ ∃ a, o = some a := match o with
  | none => .inl rfl
  | some a => .inr ⟨a, rfl⟩
theorem opt007 (α : Type) (o : Option α) (h : o ≠ none) : ∃ a, o = some a := by
  cases o with
  | none => exact absurd rfl h
  | some a => exact ⟨a, rfl⟩
theorem opt008 (α β : Type) (f : α → β) (a : α) : (some a).map f = some (f a) := rfl
theorem opt009 (α : Type) (o : Option α) : o.map id = o := by cases o <;> rfl
theorem pair001 (α β : Type) (a : α) (b : β) : (a, b).1 = a := rfl
theorem pair002 (α β : Type) (p : α × β) : (p.1, p.2) = p := rfl
theorem pair003 (α β : Type) (p : α × β) : (p.1, p.2) = p := by
  cases p
  rfl
theorem pair004 (α β : Type) (p : α × β) : ∃ a b, p = (a, b) := ⟨p.1, p.2, rfl⟩
theorem pair005 (α β : Type) (p : α × β) : ∃ a b, p = (a, b) := by
  obtain ⟨a, b⟩ := p
  exact ⟨a, b, rfl⟩
theorem pair006 (α β : Type) (p q : α × β) (h₁ : p.1 = q.1) (h₂ : p.2 = q.2) : p = q := by
  cases p
  cases q
  simp at h₁ h₂
  rw [h₁, h₂]
theorem pair007 (α β : Type) (p q : α × β) (h₁ : p.1 = q.1) (h₂ : p.2 = q.2) : p = q := Prod.ext h₁ h₂
theorem pair009 (α β : Type) (a c : α) (b d : β) (h : (a, b) = (c, d)) : a = c := congrArg Prod.fst h
theorem pair010 (α β : Type) (a c : α) (b d : β) (h : (a, b) = (c, d)) : a = c ∧ b = d := by simpa using h
theorem pair011 (α β : Type) (p : α × β) : p.swap.swap = p := rfl

-- Mixed styles.
theorem mix001 (p q : Prop) : p ∧ q → q ∧ p := by
  intro h
  have ⟨hp, hq⟩ := h
  exact ⟨hq, hp⟩
theorem mix002 (p q : Prop) : p ∧ q → q ∧ p := fun h => by
  constructor
  · exact h.2
  · exact h.1
theorem mix003 (p q r : Prop) (h : p → q) (h' : q → r) : p → r := by
  intro hp
  replace hp := h hp
  exact h' hp
theorem mix004 (a b : Nat) (h : a = b) : b = a := by
  revert h
  intro h
  exact h.symm
theorem mix005 (a b : Nat) (h : a = b) : b = a := by
  have h' : b = a := by
    rw [h]
  assumption
theorem mix006 (f : Nat → Nat) (h : ∀ x, f x = x) : f 2 + f 3 = 5 := by
  rw [h, h]
theorem mix007 (f : Nat → Nat) (h : ∀ x, f x = x) : f 2 + f 3 = 5 := by simp [h]
theorem mix008 (f : Nat → Nat) (h : ∀ x, f x = x) : f 2 + f 3 = 5 := by simp only [h]
theorem mix009 (a b c : Nat) (h₁ : a = b) (h₂ : b = c) : a + 1 = c + 1 := by
  rw [h₁]
  rw [h₂]
theorem mix010 (a b c : Nat) (h₁ : a = b) (h₂ : b = c) : a + 1 = c + 1 := by
  calc a + 1 = b + 1 := by rw [h₁]
    _ = c + 1 := by rw [h₂]
theorem mix011 (a b : Nat) (h : a + 0 = b) : a = b := by
  rw [Nat.add_zero] at h
  exact h
theorem mix012 (a b : Nat) (h : a + 0 = b) : a = b := by
  simp at h
  exact h
theorem mix013 (a b : Nat) (h : a + 0 = b) : a = b := h
theorem mix014 (a b : Nat) (h : a + 0 = b) : a = b := by
  change a = b at h
  exact h
theorem mix015 (a b c : Nat) (h : a ≤ b) : a ≤ b + c := by
  have h₁ : b ≤ b + c := Nat.le_add_right b c
  exact Nat.le_trans h h₁
theorem mix016 (a b c : Nat) (h : a ≤ b) : a ≤ b + c :=
  calc
    a ≤ b := h
    _ ≤ b + c := Nat.le_add_right ..
theorem mix018 (P : Nat → Prop) (h : ∀ n, P n → P (n + 1)) (h0 : P 0) : P 2 := by
  apply h
  apply h
  exact h0
theorem mix019 (P : Nat → Prop) (h : ∀ n, P n → P (n + 1)) (h0 : P 0) : P 2 := by
  have h1 := h 0 h0
  have h2 := h 1 h1
  exact h2
theorem mix020 (P Q : Nat → Prop) (h : ∀ n, P n → Q n) (n : Nat) (hn : P n) : ∃ m, Q m := by
  refine ⟨n, h n ?_⟩
  exact hn
theorem mix021 (P Q : Nat → Prop) (h : ∀ n, P n → Q n) (n : Nat) (hn : P n) : ∃ m, Q m := by
  refine ⟨n, ?_⟩
  apply h
  exact hn
theorem mix022 (x : Nat) (h : x = 2 ∨ x = 3) : x < 4 := by
  rcases h with rfl | rfl
  · decide
  · decide
theorem mix023 (x : Nat) (h : x = 2 ∨ x = 3) : x < 4 := by
  rcases h with rfl | rfl <;> decide
theorem mix024 (x : Nat) (h : x = 2 ∨ x = 3) : x < 4 := by
  cases h with
  | inl h => rw [h]; decide
  | inr h => rw [h]; decide
theorem mix025 (x : Nat) (h : x = 2 ∨ x = 3) : x < 4 := by omega
theorem mix026 (f : Nat → Nat) (a b : Nat) (hab : a = b) (h : f a = 3) : f b = 3 := by
  rw [hab] at h
  assumption
theorem mix027 (f : Nat → Nat) (a b : Nat) (hab : a = b) (h : f a = 3) : f b = 3 := by
  rw [← hab, h]
theorem mix028 (f : Nat → Nat) (a b : Nat) (hab : a = b) (h : f a = 3) : f b = 3 := hab ▸ h
theorem mix029 (a b : Nat) : (a, b).2 = b ∧ (b, a).1 = b := ⟨rfl, rfl⟩
theorem mix030 (p q r : Prop) (h : p ∧ (q ∨ r)) : (p ∧ q) ∨ (p ∧ r) := by
  cases h.right with
  | inl hq => exact Or.inl ⟨h.left, hq⟩
  | inr hr => exact Or.inr ⟨h.left, hr⟩
theorem mix032 (a b : Nat) (h : ∀ c, a ≤ c → b ≤ c) : b ≤ a := h a (Nat.le_refl a)
theorem mix033 (a b : Nat) (h : ∀ c, a ≤ c → b ≤ c) : b ≤ a := by
  apply h
  exact Nat.le_refl _
theorem mix034 (a b : Nat) (h : ∀ c, a ≤ c → b ≤ c) : b ≤ a := by
  specialize h a
  apply h
  rfl
theorem mix035 (x y : Nat) (h : x = y) (h' : y = 5) : x = 5 := by
  subst h'
  exact h
theorem mix036 (x y : Nat) (h : x = y) (h' : y = 5) : x = 5 := h' ▸ h
theorem mix037 (x y : Nat) (h : x = y) (h' : y = 5) : x = 5 := by
  simp_all
theorem mix038 (x y : Nat) : x + y = y + x ∧ x * y = y * x := ⟨Nat.add_comm x y, Nat.mul_comm x y⟩
theorem mix039 (x y : Nat) : x + y = y + x ∧ x * y = y * x := by
  constructor
  · rw [Nat.add_comm]
  · rw [Nat.mul_comm]
theorem mix041 (x y z : Nat) (h : x < y) (h' : y < z) : x + 1 < z := Nat.lt_of_le_of_lt h h'
theorem mix042 (a b c : Nat) (h : a < b) : a + c < b + c := Nat.add_lt_add_right h c
theorem mix043 (a b c : Nat) : a * (b * c) = b * (a * c) := Nat.mul_left_comm a b c
theorem mix044 (a b c : Nat) : a * (b * c) = b * (a * c) := by rw [← Nat.mul_assoc, Nat.mul_comm a b, Nat.mul_assoc]
theorem mix045 (p : Nat → Prop) (h : ¬∃ x, p x) : ∀ x, ¬p x := by
  intro x hx
  exact h ⟨x, hx⟩
theorem mix046 (p : Nat → Prop) (h : ∀ x, ¬p x) : ¬∃ x, p x := by
  intro ⟨x, hx⟩
  exact h x hx
theorem mix047 (p q : Prop) : (p ∧ q) = (q ∧ p) := propext ⟨And.symm, And.symm⟩
theorem mix048 (p q : Prop) : (p ∧ q) = (q ∧ p) := by
  apply propext
  constructor
  · rintro ⟨a, b⟩; exact ⟨b, a⟩
  · rintro ⟨a, b⟩; exact ⟨b, a⟩
theorem mix049 (α : Type) (r : α → α → Prop) (h : ∀ a b, r a b → r b a) (a b : α) : r a b ↔ r b a := ⟨h a b, h b a⟩
theorem mix050 (n : Nat) (h : n * n = 0) : n = 0 := by
  cases Nat.eq_zero_of_mul_eq_zero h with
  | inl h => exact h
  | inr h => exact h
theorem mix051 (n : Nat) (h : n * n = 0) : n = 0 := (Nat.mul_eq_zero.mp h).elim id id
theorem mix052 (n : Nat) : n ≤ n * n := by
  cases n with
  | zero => exact Nat.le_refl _
  | succ n => exact Nat.le_mul_of_pos_left (n + 1) (Nat.succ_pos n)
theorem mix053 (a b : Nat) (h : a < b) : ∃ k, b = a + k + 1 := ⟨b - a - 1, by omega⟩
theorem mix054 (a b : Nat) (h : a < b) : ∃ k, b = a + k + 1 := by
  obtain ⟨k, hk⟩ := Nat.le.dest h
  exact ⟨k, by omega⟩
theorem mix055 (a b c : Nat) (h : a + b = c) : c - b = a := by
  subst h
  exact Nat.add_sub_cancel
theorem mix056 (a b c : Nat) (h : a + b = c) : c - b = a := by
  rw [← h, Nat.add_sub_cancel]
theorem mix057 (a b c : Nat) (h : a + b = c) : c - b = a := by omega
theorem mix058 (x : Nat) : (fun y => y + 0) x = x := by
  show x + 0 = x
  rfl
theorem mix059 (x : Nat) : (fun y => y + 0) x = x := by simp
theorem mix060 (f : Nat → Nat) (h : ∀ x y, f x = f y) : f 0 = f 1 := h _ _
theorem mix061 (f : Nat → Nat) (h : ∀ x y, f x = f y) : f 0 = f 1 := by apply h
theorem mix062 (f : Nat → Nat) (hf : ∀ a b, f a = f b → a = b) : f 1 ≠ f 2 := fun h => by
  have := hf 1 2 h
  contradiction
theorem mix063 (f : Nat → Nat) (hf : ∀ a b, f a = f b → a = b) : f 1 ≠ f 2 := fun h => absurd (hf _ _ h) (by decide)
theorem mix064 : ∃ f : Nat → Nat, ∀ x, f x = 2 * x := ⟨fun x => 2 * x, fun _ => rfl⟩
theorem mix065 : ∃ f : Nat → Nat, ∀ x, f x = 2 * x := ⟨(2 * ·), fun x => rfl⟩
theorem mix066 : ∃ x y : Nat, x ≠ y := ⟨0, 1, by decide⟩
theorem mix067 : ∃ x y : Nat, x ≠ y := ⟨0, 1, Nat.zero_ne_one⟩
theorem mix068 : ∃ x y : Nat, x ≠ y := by
  exists 0, 1
theorem mix069 (a b : Nat) (h : a = b) : a ≤ b := h ▸ Nat.le_refl a
theorem mix070 (a b : Nat) (h : a = b) : a ≤ b := Nat.le_of_eq h
theorem mix071 (a b : Nat) (h : a = b) : a ≤ b := by
  rw [h]
theorem mix072 (a b : Nat) (h : a = b) : a ≤ b := by
  subst h
  apply Nat.le_refl
theorem mix073 (p q : Prop) (hp : p) (h : ¬(p ∧ q)) : ¬q := by
  intro hq
  exact h (And.intro hp hq)
theorem mix074 (p q : Prop) (hp : p) (h : ¬(p ∧ q)) : ¬q := fun hq => h ⟨hp, hq⟩
theorem mix075 (p q : Prop) (hp : p) (h : ¬(p ∧ q)) : ¬q := (h ⟨hp, ·⟩)

-- Exercises of textbooks, and forms that are rarer.
theorem book001 (p q : Prop) (h : p ∧ q) : q ∧ p := by
  have hp : p := by
    exact h.1
  have hq : q := by exact h.2
  show q ∧ p
  exact ⟨hq, hp⟩
theorem book002 (p q : Prop) : p ∧ q ↔ q ∧ p := by
  apply Iff.intro
  . intro h
    apply And.intro
    . exact And.right h
    . exact And.left h
  . intro h
    apply And.intro
    . exact And.right h
    . exact And.left h
theorem book003 (p q r : Prop) : p ∧ (q ∨ r) ↔ (p ∧ q) ∨ (p ∧ r) := by
  apply Iff.intro
  · intro h
    apply Or.elim (And.right h)
    · intro hq
      apply Or.inl
      apply And.intro
      · exact And.left h
      · exact hq
    · intro hr
      apply Or.inr
      apply And.intro
      · exact And.left h
      · exact hr
  · intro h
    apply Or.elim h
    · intro hpq
      apply And.intro
      · exact And.left hpq
      · apply Or.inl
        exact And.right hpq
    · intro hpr
      apply And.intro
      · exact And.left hpr
      · apply Or.inr
        exact And.right hpr
theorem book004 (p q r : Prop) (hp : p) : (p ∨ q ∨ r) ∧ (q ∨ p ∨ r) ∧ (q ∨ r ∨ p) := by
  constructor
  . apply Or.inl; assumption
  . constructor
    . apply Or.inr; apply Or.inl; assumption
    . apply Or.inr; apply Or.inr; assumption
theorem book006 (x y : Nat) (h : x = y) : y = x := by
  revert x
  intro x h
  exact h.symm
theorem book007 : ∃ x : Nat, x + 2 = 8 := by
  let a : Nat := 3 * 2
  exists a
theorem book008 (n : Nat) : n = n + 0 := by
  rfl
theorem book009 (p q : Nat → Prop) : (∃ x, p x) → ∃ x, p x ∨ q x := by
  intro h
  cases h with
  | intro x px =>
    apply Exists.intro
    apply Or.inl
    exact px
theorem book011 (p q : Nat → Prop) : (∃ x, p x ∧ q x) → ∃ x, q x ∧ p x := fun
  | ⟨w, hpw, hqw⟩ => ⟨w, hqw, hpw⟩
theorem book012 (p q r : Prop) : p ∧ q ∧ r → r ∧ q ∧ p := fun ⟨hp, ⟨hq, hr⟩⟩ => ⟨hr, hq, hp⟩
theorem book013 (x : Nat) (h : x > 0) : ∃ y, y < x := Exists.intro 0 h
theorem book014 (x y z : Nat) (hxy : x < y) (hyz : y < z) : ∃ w, x < w ∧ w < z := Exists.intro y (And.intro hxy hyz)
theorem book015 (α : Type) (p q : α → Prop) : (∀ x : α, p x ∧ q x) → ∀ y : α, p y := fun h : ∀ x : α, p x ∧ q x => fun y : α => show p y from (h y).left
theorem book016 (α : Type) (r : α → α → Prop) (trans_r : ∀ {x y z}, r x y → r y z → r x z) (a b c : α) (hab : r a b) (hbc : r b c) : r a c := trans_r hab hbc
theorem book017 (α : Type) (a b c d : α) (hab : a = b) (hcb : c = b) (hcd : c = d) : a = d := Eq.trans (Eq.trans hab (Eq.symm hcb)) hcd
theorem book018 (α : Type) (a b c d : α) (hab : a = b) (hcb : c = b) (hcd : c = d) : a = d := by
  rw [hab, ← hcb, hcd]
theorem book019 (x y : Nat) : (x + y) * (x + y) = x * x + y * x + x * y + y * y := by
  rw [Nat.mul_add, Nat.add_mul, Nat.add_mul, ← Nat.add_assoc]
theorem book020 (x y : Nat) : (x + y) * (x + y) = x * x + y * x + x * y + y * y :=
  have h1 : (x + y) * (x + y) = (x + y) * x + (x + y) * y := Nat.mul_add (x + y) x y
  have h2 : (x + y) * (x + y) = x * x + y * x + (x * y + y * y) := (Nat.add_mul x y x) ▸ (Nat.add_mul x y y) ▸ h1
  h2.trans (Nat.add_assoc (x * x + y * x) (x * y) (y * y)).symm
theorem book021 (x y : Nat) : (x + y) * (x + y) = x * x + y * x + x * y + y * y :=
  calc
    (x + y) * (x + y) = (x + y) * x + (x + y) * y := by rw [Nat.mul_add]
    _ = x * x + y * x + (x + y) * y := by rw [Nat.add_mul]
    _ = x * x + y * x + (x * y + y * y) := by rw [Nat.add_mul x y y]
    _ = x * x + y * x + x * y + y * y := by rw [← Nat.add_assoc]
theorem book022 (a b c d e : Nat) (h1 : a = b) (h2 : b = c + 1) (h3 : c = d) (h4 : e = 1 + d) : a = e :=
  calc
    a = b := h1
    _ = c + 1 := h2
    _ = d + 1 := congrArg Nat.succ h3
    _ = 1 + d := Nat.add_comm d 1
    _ = e := Eq.symm h4
theorem book023 (a b c d e : Nat) (h1 : a = b) (h2 : b = c + 1) (h3 : c = d) (h4 : e = 1 + d) : a = e := by
  rw [h1, h2, h3, Nat.add_comm, h4]
theorem book024 (a b c d e : Nat) (h1 : a = b) (h2 : b = c + 1) (h3 : c = d) (h4 : e = 1 + d) : a = e := by
  simp [h1, h2, h3, h4, Nat.add_comm]
theorem book025 (a b c d : Nat) (h1 : a = b) (h2 : b ≤ c) (h3 : c + 1 < d) : a < d :=
  calc
    a = b := h1
    _ < b + 1 := Nat.lt_succ_self b
    _ ≤ c + 1 := Nat.succ_le_succ h2
    _ < d := h3
theorem book026 (f : Nat → Nat) (a : Nat) (h : a + 0 = 0) : f a = f 0 := by
  rw [Nat.add_zero] at h
  rw [h]
theorem book027 (x y z : Nat) (p : Nat → Prop) (h : p (x * y)) : p (y * x) := by
  rw [Nat.mul_comm]
  assumption
theorem book028 (x y z : Nat) (p : Nat → Prop) (h : p (x * y)) : p (y * x) := by
  rw [Nat.mul_comm] at h
  assumption
theorem book029 (x y z : Nat) (p : Nat → Prop) (h : p ((x + 0) * (0 + y * 1 + z * 0))) : p (x * y) := by
  simp at h
  assumption
theorem book031 (p : Nat → Prop) (h : p 0 ∨ p 1) : ∃ x, p x := by
  cases h
  case inl h => exact ⟨0, h⟩
  case inr h => exact ⟨1, h⟩
theorem book032 (p q : Prop) : p ∨ q → q ∨ p := by
  intro h
  match h with
  | Or.inl _ => apply Or.inr; assumption
  | Or.inr h2 => apply Or.inl; exact h2
theorem book033 (m n k : Nat) (h : m.succ.succ = n.succ.succ) : n + k = m + k := by
  injection h with h'
  injection h' with h''
  rw [h'']
theorem book034 (m n : Nat) (h : m.succ = 0) : n = n + 7 := by
  injection h
theorem book035 (m n : Nat) (h : m.succ = 0) : n = n + 7 := by
  contradiction
theorem book036 (h : 7 = 4) : False := by contradiction
theorem book037 (n : Nat) (h : n + 1 = 3) : n = 2 := by
  cases h
  rfl
theorem book038 (p : Nat → Prop) (hz : p 0) (hs : ∀ n, p (Nat.succ n)) (m k : Nat) : p (m + 3 * k) := by
  cases m + 3 * k
  . exact hz
  . apply hs
theorem book039 (p : Nat → Prop) (hz : p 0) (hs : ∀ n, p (Nat.succ n)) (m k : Nat) : p (m + 3 * k) := by
  generalize m + 3 * k = n
  cases n
  . exact hz
  . apply hs
theorem book040 (p : Prop) (m n : Nat) (h₁ : m < n → p) (h₂ : m ≥ n → p) : p := by
  cases Nat.lt_or_ge m n
  case inl hlt => exact h₁ hlt
  case inr hge => exact h₂ hge
theorem book041 (x y : Nat) (h : x ≠ y) : x < y ∨ y < x := Nat.lt_or_gt_of_ne h
theorem book042 (n : Nat) (h : ∀ m, m * 2 ≠ n) : n ≠ 0 := by
  intro hn
  apply h 0
  rw [hn]
theorem book044 (p q : Prop) (h : p → q) : ¬q → ¬p := by
  intro hnq hp
  have hq := h hp
  contradiction
theorem book045 (p q r : Prop) : ((p ∨ q) → r) ↔ (p → r) ∧ (q → r) :=
  Iff.intro
    (fun h => ⟨fun hp => h (Or.inl hp), fun hq => h (Or.inr hq)⟩)
    (fun ⟨h1, h2⟩ hpq =>
      match hpq with
      | Or.inl hp => h1 hp
      | Or.inr hq => h2 hq)
theorem book046 (p q : Prop) : ¬(p ∨ q) ↔ ¬p ∧ ¬q :=
  ⟨fun h => ⟨(h <| .inl ·), (h <| .inr ·)⟩, fun ⟨hp, hq⟩ => (·.elim hp hq)⟩
theorem book047 (p q : Prop) (hp : p) (hq : q) : ∃ (_ : p), q := ⟨hp, hq⟩
theorem book048 (a b : Nat) (h : a < b) : ∃ c, a + c = b := ⟨b - a, Nat.add_sub_of_le (Nat.le_of_lt h)⟩
theorem book049 (a b : Nat) (h : a < b) : ∃ c, a + c = b ∧ 0 < c := ⟨b - a, by omega, by omega⟩
theorem book050 (a b : Nat) (h : a < b) : ∃ c, a + c = b ∧ 0 < c := by
  refine ⟨b - a, ?_, ?_⟩ <;> omega
theorem book051 (p : Nat → Prop) (h : ∃ x, p x ∧ x ≠ 0) : ∃ y, p (y + 1) := by
  obtain ⟨x, hx, hne⟩ := h
  cases x with
  | zero => exact absurd rfl hne
  | succ y => exact ⟨y, hx⟩
theorem book052 (p : Nat → Prop) (h : ∃ x, p x ∧ x ≠ 0) : ∃ y, p (y + 1) := by
  rcases h with ⟨_ | y, hx, hne⟩
  · contradiction
  · exact ⟨y, hx⟩
theorem book053 (p : Nat → Prop) (h : ∃ x, p x ∧ x ≠ 0) : ∃ y, p (y + 1) :=
  match h with
  | ⟨0, _, hne⟩ => absurd rfl hne
  | ⟨y + 1, hx, _⟩ => ⟨y, hx⟩
theorem book055 (xs : List Nat) (h : xs ≠ []) : ∃ y ys, xs = y :: ys := by
  cases xs
  · contradiction
  · exact ⟨_, _, rfl⟩
theorem book056 (a b c : Nat) (h : a * c = b * c) (hc : 0 < c) : a = b := Nat.eq_of_mul_eq_mul_right hc h
theorem book057 (a b : Nat) : (a + b) - b = a := Nat.add_sub_cancel ..
theorem book058 (a b : Nat) : max a b = b ∨ max a b = a := by omega
theorem book059 (f g : Nat → Nat) (h : ∀ x, f x = g x) (x : Nat) : f (g x) = g (f x) := by
  rw [h, ← h x]
theorem book060 (f : Nat → Nat) (h : f = fun x => x + 1) : f 2 = 3 := by
  rw [h]
theorem book061 (f : Nat → Nat) (h : f = fun x => x + 1) : f 2 = 3 := by
  subst h
  rfl
theorem book062 (f : Nat → Nat) (h : f = fun x => x + 1) : f 2 = 3 := by simp [h]
theorem book063 (p : Nat → Prop) (h : ∀ n, p n ↔ n = 2) : p 2 := (h 2).mpr rfl
theorem book064 (p : Nat → Prop) (h : ∀ n, p n ↔ n = 2) : p 2 := by
  rw [h]
theorem book065 (p : Nat → Prop) (h : ∀ n, p n ↔ n = 2) : ¬p 3 := by
  rw [h]
  decide
theorem book066 (p : Nat → Prop) (h : ∀ n, p n ↔ n = 2) : ¬p 3 := by
  intro h3
  have := (h 3).mp h3
  omega
theorem book067 (p : Nat → Prop) (h : ∀ n, p n ↔ n = 2) : ¬p 3 := by simp [h]
theorem book068 (a b : Nat) (h : a = b ∨ b = a) : a = b := by
  cases h with
  | inl h => exact h
  | inr h => exact h.symm
theorem book069 (a b : Nat) (h : a = b ∨ b = a) : a = b := h.elim id Eq.symm
theorem book070 (a b : Nat) (h : a = b ∨ b = a) : a = b := by
  rcases h with h | h <;> simp [h]
theorem book071 (s : Nat) (h : s = 0 ∨ 0 < s) : True := trivial
theorem book072 (p q r : Prop) (h : p → q → r) : p ∧ q → r := fun hpq => h hpq.1 hpq.2
theorem book073 (p q r : Prop) (h : p → q → r) : p ∧ q → r := And.rec h
theorem book074 (p q r : Prop) (h₁ : p → r) (h₂ : q → r) : p ∨ q → r := Or.rec h₁ h₂
theorem book075 (α : Type) (p : α → Prop) (q : Prop) (h : ∀ x, p x → q) : (∃ x, p x) → q := fun ⟨x, hx⟩ => h x hx
theorem book076 (α : Type) (p : α → Prop) (q : Prop) (h : ∀ x, p x → q) : (∃ x, p x) → q := (·.elim h)
theorem book077 (n : Nat) : ¬(n < n) := by
  induction n with
  | zero => intro h; cases h
  | succ n ih =>
    intro h
    exact ih (Nat.lt_of_succ_lt_succ h)
theorem book078 (n : Nat) : n * 0 + 0 * n = 0 := by simp
theorem book079 (a b c : Nat) (h : a + b = c) : b + a = c := by
  rw [Nat.add_comm]
  exact h
theorem book080 (a b c : Nat) (h : a + b = c) : b + a = c := by
  rw [← h, Nat.add_comm]
theorem book081 (a b c : Nat) (h : a + b = c) : b + a = c := Nat.add_comm b a ▸ h
theorem book082 (a b c : Nat) (h : a + b = c) : b + a = c := (Nat.add_comm b a).trans h
theorem book083 (p : Prop) : (p ↔ True) ↔ p := by
  constructor
  · intro h
    exact h.mpr trivial
  · intro hp
    exact ⟨fun _ => trivial, fun _ => hp⟩
theorem book084 (p : Prop) : (p ↔ True) ↔ p := by simp
theorem book085 (p q : Prop) (h : p ∧ ¬p) : q := by
  obtain ⟨h₁, h₂⟩ := h
  exact (h₂ h₁).elim
theorem book086 (p q : Prop) (h : p ∧ ¬p) : q := absurd h.1 h.2
theorem book087 (x : Nat) (h : ¬(x = 1 ∨ x = 2)) : x ≠ 1 := fun e => h (Or.inl e)
theorem book088 (x : Nat) (h : ¬(x = 1 ∨ x = 2)) : x ≠ 1 := by
  intro e
  apply h
  left
  exact e
theorem book089 (x : Nat) (h : ¬(x = 1 ∨ x = 2)) : x ≠ 1 := by
  rw [not_or] at h
  exact h.1
theorem book090 (x : Nat) (h : ¬(x = 1 ∨ x = 2)) : x ≠ 1 := (not_or.mp h).1
theorem book091 (n : Nat) : n < 3 → n = 0 ∨ n = 1 ∨ n = 2 := by omega
theorem book092 (n : Nat) : n < 3 → n = 0 ∨ n = 1 ∨ n = 2 := by
  intro h
  match n with
  | 0 => simp
  | 1 => simp
  | 2 => simp
  | n + 3 => omega
theorem book093 (n m : Nat) (h : n * m = 0) (hn : n ≠ 0) : m = 0 := by
  rcases Nat.mul_eq_zero.mp h with h' | h'
  · contradiction
  · exact h'
theorem book094 (n m : Nat) (h : n * m = 0) (hn : n ≠ 0) : m = 0 := (Nat.mul_eq_zero.mp h).resolve_left hn
theorem book095 (f : Nat → Nat) (hf : ∀ m n, m < n → f m < f n) : ∀ n, n ≤ f n := by
  intro n
  induction n with
  | zero => exact Nat.zero_le _
  | succ k ih =>
    have h1 : f k < f (k + 1) := hf k (k + 1) (Nat.lt_succ_self k)
    exact Nat.succ_le_of_lt (Nat.lt_of_le_of_lt ih h1)
theorem book096 (f : Nat → Nat) (hf : ∀ m n, m < n → f m < f n) : ∀ n, n ≤ f n := by
  intro n
  induction n with
  | zero => omega
  | succ k ih =>
    have := hf k (k + 1) (by omega)
    omega
theorem book097 (p : Prop) [Decidable p] : ¬¬p → p := by
  intro h
  by_cases hp : p
  · exact hp
  · exact absurd hp h
theorem book098 (p : Prop) [Decidable p] : ¬¬p → p := Decidable.of_not_not
theorem book099 (x y : Nat) (hx : x ≤ y) (hy : y ≤ x + 1) : y = x ∨ y = x + 1 := by
  rcases Nat.lt_or_ge x y with h | h
  · right
    exact Nat.le_antisymm hy h
  · left
    exact Nat.le_antisymm h hx
theorem book100 (a b : Nat) : a ≤ b ↔ ¬b < a := Nat.not_lt.symm
theorem book101 (a b : Nat) : a ≤ b ↔ ¬b < a := by
  constructor
  · intro h h'
    exact Nat.lt_irrefl a (Nat.lt_of_le_of_lt h h')
  · exact Nat.le_of_not_lt
theorem book102 (a b : Nat) : a ≤ b ↔ ¬b < a := ⟨Nat.not_lt_of_le, Nat.le_of_not_gt⟩
theorem more001 (p q : Nat → Prop) : (∃ x, p x ∧ q x) → ∃ x, q x ∧ p x := by
  intro
  | ⟨w, hpw, hqw⟩ => exact ⟨w, hqw, hpw⟩
theorem more002 (w x y z : Nat) (p : Nat → Prop) (h : p (x * y + z * w * x)) : p (x * w * z + y * x) := by
  simp only [Nat.mul_comm, Nat.mul_left_comm, Nat.add_comm] at *
  assumption
theorem more003 (xs : List Nat) (h : xs ≠ []) : ∃ y ys, xs = y :: ys := by
  match xs, h with
  | y :: ys, _ => exact ⟨y, ys, rfl⟩
theorem more005 (x : Nat) (h : x ≠ 0) (h' : x ≠ 1) : 1 < x := by
  match x, h, h' with
  | n + 2, _, _ => omega
theorem more006 (p q : Prop) : p ∨ q → q ∨ p := by
  intro
  | .inl h => exact .inr h
  | .inr h => exact .inl h
theorem more007 (x y : Nat) (h : x + 0 = y) (h' : y * 1 = 3) : x = 3 := by
  simp at *
  rw [h, h']
theorem more008 (b : Bool) (h : b ≠ true) : b = false := match b, h with
  | false, _ => rfl
theorem more009 (o : Option Nat) (h : o ≠ none) : ∃ a, o = some a := match o, h with
  | some a, _ => ⟨a, rfl⟩
theorem more010 (b : Bool) (h : b ≠ true) : b = false := by
  match b with
  | false => rfl
  | true => contradiction
theorem rare001 (P : Nat → Prop) (h : ∀ n, (∀ m, m < n → P m) → P n) (n : Nat) : P n := by
  induction n using Nat.strongRecOn with
  | ind n ih => exact h n ih
theorem rare002 (P : Nat → Nat → Prop) (h : ∀ n k, (∀ m, m < n → ∀ j, P m j) → P n k) (n k : Nat) : P n k := by
  induction n using Nat.strongRecOn generalizing k with
  | ind n ih => exact h n k (fun m hm j => ih m hm j)
theorem rare003 (n : Nat) (h : 1 ≤ n) : ∃ k, n = k + 1 := by
  induction n using Nat.strongRecOn with
  | _ n ih => cases n with
    | zero => contradiction
    | succ k => exact ⟨k, rfl⟩
theorem rare004 (p q r : Prop) (hp : p) (hq : q) (hr : r) : (p ∧ q) ∧ r := by
  repeat' constructor
  all_goals assumption
theorem rare005 (p q r : Prop) (hp : p) (hq : q) (hr : r) : (p ∧ q) ∧ r := by
  repeat' (first | assumption | apply And.intro)
theorem rare006 (p q : Prop) (h : p ∨ q) : q ∨ p := by
  cases h
  case inl h | inr h => simp [h]
theorem rare007 (p q : Prop) (hp : p) (hq : q) : p ∧ q := by
  constructor
  rotate_left
  exact hq
  exact hp
theorem rare008 (P : Nat → Prop) (h : ∀ n, P n → P (n + 1)) (h0 : P 0) : P 3 := by
  iterate 3 apply h
  exact h0
theorem rare010 (n : Nat) : n % 2 < 2 := by
  apply Nat.mod_lt
  decide
theorem rare011 (P : Nat → Prop) (h : ∀ n, (∀ m, m < n → P m) → P n) (n : Nat) : P n := by
  induction n using Nat.strongRecOn
  rename_i n ih
  exact h n ih
theorem rare012 (p q : Prop) : p ∧ q → q ∧ p := by
  rintro ⟨hp, hq⟩
  refine And.intro ?a ?b
  case a => exact hq
  case b => exact hp
theorem rare013 (a b c d : Nat) : a + b + (c + d) = d + c + (b + a) := by ac_rfl
theorem rare014 (a b c d : Nat) : a * b * (c * d) = d * c * (b * a) := by ac_rfl
theorem rare015 (a b c : Nat) : a * (b + c) = (c + b) * a := by ac_rfl
theorem rare016 (f : Nat → Nat) (a b : Nat) : f (a + b) = f (b + a) := by ac_rfl
theorem rare017 (f : Nat → Nat) (a b : Nat) : f (a + b) = f (b + a) := by rw [Nat.add_comm]
theorem rare018 (f : Nat → Nat) (a b : Nat) : f (a + b) = f (b + a) := congrArg f (Nat.add_comm a b)
theorem rare019 (f : Nat → Nat) (a b : Nat) : f (a + b) = f (b + a) := by
  congr 1
  exact Nat.add_comm a b
theorem rare020 (a b c : Nat) (h : b = c) : a + b = a + c := by
  congr
theorem rare021 (a b c : Nat) (h : b = c) : a + b = a + c := by
  apply congrArg
  exact h
theorem rare022 (a b c : Nat) (h : b = c) : a + b = a + c := by
  exact congrArg (fun x => a + x) h
theorem rare023 (a b : Nat) (h : a = b) : a + a = b + b := by
  simp only [h]
theorem rare024 (a b : Nat) (h : a = b) : a + a = b + b := by
  rw [h]
theorem rare025 (a b : Nat) (h : b = a) : a + a = b + b := by
  rw [← h]
theorem rare026 (a b c : Nat) (h₁ : a = b) (h₂ : b = c) : c = a := (h₁.trans h₂).symm
theorem rare027 (a b c : Nat) (h₁ : a = b) (h₂ : b = c) : c = a := by
  subst h₁ h₂
  rfl
theorem rare028 (a b c : Nat) (h₁ : a = b) (h₂ : b = c) : c = a := by
  subst_vars
  rfl
theorem rare029 (p q r : Prop) (h : p ∧ q ∧ r) : q := h.2.1
theorem rare030 (p q r : Prop) (h : p ∧ q ∧ r) : q := h.right.left
theorem rare031 (p q r : Prop) : (p ∧ q) ∨ (p ∧ r) → p ∧ (q ∨ r) := by
  intro h
  obtain ⟨hp, hq⟩ | ⟨hp, hr⟩ := h
  · exact ⟨hp, Or.inl hq⟩
  · exact ⟨hp, Or.inr hr⟩
theorem rare032 (n : Nat) : (∃ k, n = 2 * k) ∨ ∃ k, n = 2 * k + 1 := by
  induction n with
  | zero => exact .inl ⟨0, rfl⟩
  | succ n ih =>
    rcases ih with ⟨k, rfl⟩ | ⟨k, rfl⟩
    · exact .inr ⟨k, rfl⟩
    · exact .inl ⟨k + 1, rfl⟩
theorem rare033 (n : Nat) : (∃ k, n = 2 * k) ∨ ∃ k, n = 2 * k + 1 := by
  rcases Nat.mod_two_eq_zero_or_one n with h | h
  · left; exact ⟨n / 2, by omega⟩
  · right; exact ⟨n / 2, by omega⟩
theorem rare034 (n : Nat) : ¬((∃ k, n = 2 * k) ∧ ∃ k, n = 2 * k + 1) := by
  rintro ⟨⟨k, hk⟩, l, hl⟩
  omega
theorem rare035 (a b : Nat) (h : a + b = a) : b = 0 := by
  have : a + b = a + 0 := h
  exact Nat.add_left_cancel this
theorem rare036 (a b : Nat) (h : a + b = a) : b = 0 := Nat.add_eq_left.mp h
theorem rare037 (x y : Nat) : x < y ↔ ∃ c, y = x + c + 1 := by
  constructor
  · intro h
    exact ⟨y - x - 1, by omega⟩
  · rintro ⟨c, rfl⟩
    omega
theorem rare038 (a b : Nat) (h : a ≤ b) : a * a ≤ b * b := Nat.mul_le_mul h h
theorem rare039 (a b : Nat) (h : a < b) (hb : 0 < b) : a * a < b * b := Nat.mul_self_lt_mul_self h
theorem rare040 (a b c : Nat) (h : a < b) (hc : 0 < c) : a * c < b * c := Nat.mul_lt_mul_of_pos_right h hc
theorem rare041 (a b c : Nat) (h : a < b) (hc : 0 < c) : c * a < c * b := Nat.mul_lt_mul_of_pos_left h hc
theorem rare042 (a b c : Nat) (h : a < b) (hc : 0 < c) : a * c < b * c := (Nat.mul_lt_mul_right hc).mpr h
theorem rare044 (m n : Nat) (h : m * n = 1) : m = 1 := Nat.dvd_one.mp ⟨n, h.symm⟩
theorem rare045 (α : Type) (xs ys : List α) (h : xs = ys) : xs.length = ys.length := by rw [h]
theorem rare046 (α : Type) (xs ys : List α) (h : xs = ys) : xs.length = ys.length := congrArg List.length h
theorem rare047 (α : Type) (xs ys : List α) (h : xs ++ ys = []) : xs = [] ∧ ys = [] := List.append_eq_nil_iff.mp h
theorem rare048 (α : Type) (xs ys : List α) (h : xs ++ ys = []) : xs = [] ∧ ys = [] := by
  cases xs with
  | nil => exact ⟨rfl, h⟩
  | cons x xs => cases h
theorem rare049 (α : Type) (xs ys : List α) (h : xs ++ ys = []) : xs = [] ∧ ys = [] := by simpa using h
theorem rare050 (α : Type) (x : α) (xs : List α) : (x :: xs).length ≠ 0 := by simp
theorem rare051 (α : Type) (x : α) (xs : List α) : (x :: xs).length ≠ 0 := Nat.succ_ne_zero _
theorem rare052 (p q : Prop) (h : ¬(p ∨ q)) : ¬p ∧ ¬q := by
  constructor <;> intro h' <;> apply h
  · left; assumption
  · right; assumption
theorem rare053 (p q : Prop) (h : ¬(p ∨ q)) : ¬p ∧ ¬q := by simpa using h
theorem rare054 (p q : Prop) (h : ¬(p ∨ q)) : ¬p ∧ ¬q := by simp at h; exact h
theorem rare055 (p q r : Prop) (h : p → q) (hr : ¬q) : ¬p ∨ r := Or.inl (mt h hr)
theorem rare056 (n : Nat) (h : n = 1 ∨ n = 2) : n ∣ 2 := by
  rcases h with rfl | rfl <;> decide
theorem rare057 (a b : Nat) (h : a ∣ b) (hb : b ≠ 0) : a ≤ b := Nat.le_of_dvd (Nat.pos_of_ne_zero hb) h
theorem rare058 (a b n : Nat) (ha : n ∣ a) (hb : n ∣ b) : n ∣ a - b := Nat.dvd_sub ha hb
theorem rare059 (a n : Nat) (h : n ∣ a) : a % n = 0 := Nat.mod_eq_zero_of_dvd h
theorem rare060 (a n : Nat) (h : a % n = 0) : n ∣ a := Nat.dvd_of_mod_eq_zero h
