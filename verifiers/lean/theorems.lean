-- Theorems of core Lean with proofs that the embedded engine has checked.

theorem imp_self (p : Prop) : p → p := by
  intro h
  exact h

theorem imp_const (p q : Prop) : p → q → p := by
  intro hp hq
  exact hp

theorem imp_trans (p q r : Prop) : (p → q) → (q → r) → p → r := fun f g h => g (f h)

theorem imp_s (p q r : Prop) : (p → q → r) → (p → q) → p → r := by
  intro f g h
  apply f
  · exact h
  · exact g h

theorem and_swap (p q : Prop) : p ∧ q → q ∧ p := by
  intro ⟨hp, hq⟩
  constructor <;> assumption

theorem and_left_of (p q : Prop) (h : p ∧ q) : p := by exact h.left

theorem and_assoc_iff (p q r : Prop) : (p ∧ q) ∧ r ↔ p ∧ (q ∧ r) := by
  constructor
  · intro h
    exact ⟨h.1.1, ⟨h.1.2, h.2⟩⟩
  · intro h
    exact ⟨⟨h.1, h.2.1⟩, h.2.2⟩

theorem or_swap (p q : Prop) : p ∨ q → q ∨ p := by
  intro h
  cases h with
  | inl hp => exact Or.inr hp
  | inr hq => exact Or.inl hq

theorem or_assoc_imp (p q r : Prop) : (p ∨ q) ∨ r → p ∨ (q ∨ r) := by
  intro h
  cases h with
  | inl hpq =>
    cases hpq with
    | inl hp => exact Or.inl hp
    | inr hq => exact Or.inr (Or.inl hq)
  | inr hr => exact Or.inr (Or.inr hr)

theorem and_or_distrib (p q r : Prop) : p ∧ (q ∨ r) ↔ (p ∧ q) ∨ (p ∧ r) := by
  constructor
  · intro ⟨hp, h⟩
    cases h with
    | inl hq => exact Or.inl ⟨hp, hq⟩
    | inr hr => exact Or.inr ⟨hp, hr⟩
  · intro h
    cases h with
    | inl h => exact ⟨h.1, Or.inl h.2⟩
    | inr h => exact ⟨h.1, Or.inr h.2⟩

theorem or_and_distrib (p q r : Prop) : p ∨ (q ∧ r) ↔ (p ∨ q) ∧ (p ∨ r) := by
  constructor
  · rintro (hp | ⟨hq, hr⟩)
    · exact ⟨Or.inl hp, Or.inl hp⟩
    · exact ⟨Or.inr hq, Or.inr hr⟩
  · rintro ⟨hp | hq, h⟩
    · exact Or.inl hp
    · cases h with
      | inl hp => left; exact hp
      | inr hr => right; exact ⟨hq, hr⟩

theorem contrapose (p q : Prop) : (p → q) → ¬q → ¬p := fun f hq hp => hq (f hp)

theorem not_not_intro' (p : Prop) : p → ¬¬p := by
  intro hp hn
  exact hn hp

theorem triple_neg (p : Prop) : ¬¬¬p → ¬p := by
  intro h hp
  exact h fun hn => hn hp

theorem ex_falso (p : Prop) : False → p := False.elim

theorem absurd' (p q : Prop) : p → ¬p → q := by
  intro h n
  exfalso
  exact n h

theorem de_morgan_or (p q : Prop) : ¬(p ∨ q) ↔ ¬p ∧ ¬q := by
  constructor
  · intro h
    constructor
    · intro hp
      exact h (Or.inl hp)
    · intro hq
      exact h (Or.inr hq)
  · intro ⟨hp, hq⟩ h
    cases h <;> contradiction

theorem de_morgan_and_imp (p q : Prop) : ¬p ∨ ¬q → ¬(p ∧ q) := fun h hpq =>
  match h with
  | .inl n => n hpq.1
  | .inr n => n hpq.2

theorem nn_em (p : Prop) : ¬¬(p ∨ ¬p) := fun h => h (Or.inr fun hp => h (Or.inl hp))

theorem curry (p q r : Prop) : (p ∧ q → r) ↔ (p → q → r) := by
  constructor
  · intro f hp hq
    apply f
    exact ⟨hp, hq⟩
  · intro f ⟨hp, hq⟩
    exact f hp hq

theorem or_elim_iff (p q r : Prop) : (p ∨ q → r) ↔ (p → r) ∧ (q → r) := by
  constructor
  · intro f
    exact ⟨fun hp => f (Or.inl hp), fun hq => f (Or.inr hq)⟩
  · intro h hpq
    cases hpq with
    | inl hp => exact h.left hp
    | inr hq => exact h.right hq

theorem iff_refl' (p : Prop) : p ↔ p := by rfl

theorem iff_symm' (p q : Prop) : (p ↔ q) → (q ↔ p) := fun h => h.symm

theorem iff_trans' (p q r : Prop) : (p ↔ q) → (q ↔ r) → (p ↔ r) := by
  intro ⟨f, f'⟩ ⟨g, g'⟩
  exact ⟨fun h => g (f h), fun h => f' (g' h)⟩

theorem not_iff_self (p : Prop) : ¬(p ↔ ¬p) := by
  intro h
  have n : ¬p := fun hp => h.1 hp hp
  exact n (h.2 n)

theorem and_true_iff' (p : Prop) : p ∧ True ↔ p := by simp

theorem or_false_iff' (p : Prop) : p ∨ False ↔ p := by
  constructor
  · rintro (h | h)
    · assumption
    · contradiction
  · exact Or.inl

theorem and_idem (p : Prop) : p ∧ p ↔ p := by simp

theorem or_resolve (p q : Prop) : p ∨ q → ¬p → q := by
  intro h np
  cases h <;> first | assumption | contradiction

theorem weak_peirce (p q : Prop) : ((((p → q) → p) → p) → q) → q := by
  intro f
  apply f
  intro g
  apply g
  intro hp
  apply f
  intro _
  exact hp

theorem em' (p : Prop) : p ∨ ¬p := by
  by_cases h : p
  · exact Or.inl h
  · exact Or.inr h

theorem dne (p : Prop) : ¬¬p → p := Classical.byContradiction

theorem peirce (p q : Prop) : ((p → q) → p) → p := by
  intro f
  apply Classical.byContradiction
  intro hn
  apply hn
  apply f
  intro hp
  exact absurd hp hn

theorem contrapose_rev (p q : Prop) : (¬q → ¬p) → p → q := fun f hp => Classical.byContradiction fun nq => f nq hp

theorem imp_iff_or (p q : Prop) : (p → q) ↔ ¬p ∨ q := by
  constructor
  · intro f
    cases Classical.em p with
    | inl hp => exact Or.inr (f hp)
    | inr hn => exact Or.inl hn
  · intro h hp
    cases h with
    | inl hn => exact absurd hp hn
    | inr hq => exact hq

theorem de_morgan_and (p q : Prop) : ¬(p ∧ q) → ¬p ∨ ¬q := by
  intro h
  by_cases hp : p
  · right
    intro hq
    exact h ⟨hp, hq⟩
  · left
    exact hp

theorem all_and (α : Type) (P Q : α → Prop) : (∀ x, P x ∧ Q x) ↔ (∀ x, P x) ∧ (∀ x, Q x) := by
  constructor
  · intro h
    constructor
    · intro x
      exact (h x).left
    · intro x
      exact (h x).right
  · intro ⟨hP, hQ⟩ x
    exact ⟨hP x, hQ x⟩

theorem ex_or (α : Type) (P Q : α → Prop) : (∃ x, P x ∨ Q x) ↔ (∃ x, P x) ∨ (∃ x, Q x) := by
  constructor
  · intro ⟨x, h⟩
    cases h with
    | inl h => exact Or.inl ⟨x, h⟩
    | inr h => exact Or.inr ⟨x, h⟩
  · intro h
    rcases h with ⟨x, hx⟩ | ⟨x, hx⟩
    · exact ⟨x, Or.inl hx⟩
    · exact ⟨x, Or.inr hx⟩

theorem not_ex (α : Type) (P : α → Prop) : (¬∃ x, P x) ↔ ∀ x, ¬P x := by
  constructor
  · intro h x hP
    exact h (Exists.intro x hP)
  · intro h ⟨x, hP⟩
    exact absurd hP (h x)

theorem ex_not_imp (α : Type) (P : α → Prop) : (∃ x, ¬P x) → ¬∀ x, P x := fun ⟨x, hx⟩ h => hx (h x)

theorem all_imp_ex (α : Type) (a : α) (P : α → Prop) : (∀ x, P x) → ∃ x, P x := fun h => ⟨a, h a⟩

theorem ex_swap (α β : Type) (R : α → β → Prop) : (∃ x, ∀ y, R x y) → ∀ y, ∃ x, R x y := by
  intro ⟨x, h⟩ y
  exact ⟨x, h y⟩

theorem ex_and_left' (α : Type) (p : Prop) (P : α → Prop) : (∃ x, p ∧ P x) ↔ p ∧ ∃ x, P x := by
  constructor
  · rintro ⟨x, hp, hx⟩
    exact ⟨hp, x, hx⟩
  · rintro ⟨hp, x, hx⟩
    exact ⟨x, hp, hx⟩

theorem barber (α : Type) (b : α) (S : α → α → Prop) : ¬∀ x, S b x ↔ ¬S x x := by
  intro h
  have hb : S b b ↔ ¬S b b := h b
  have hn : ¬S b b := by
    intro hs
    exact hb.1 hs hs
  exact hn (hb.2 hn)

theorem eq_subst' (α : Type) (P : α → Prop) (a b : α) : a = b → P a → P b := by
  intro h
  cases h
  exact id

theorem eq_symm' (α : Type) (a b : α) : a = b → b = a := by
  intro h
  rw [h]

theorem eq_trans' (α : Type) (a b c : α) : a = b → b = c → a = c := by
  intro h g
  rw [h, g]

theorem congr_arg' (α β : Type) (f : α → β) (a b : α) : a = b → f a = f b := by
  intro h
  congr

theorem inj_comp (α β γ : Type) (f : α → β) (g : β → γ) : (∀ a b, f a = f b → a = b) → (∀ a b, g a = g b → a = b) → ∀ a b, g (f a) = g (f b) → a = b := by
  intro hf hg a b h
  apply hf
  apply hg
  exact h

theorem drinker_nn (α : Type) (a : α) (P : α → Prop) : ¬¬∃ x, P x → ∀ y, P y := by
  intro h
  apply h
  refine ⟨a, fun _ y => ?_⟩
  apply Classical.byContradiction
  intro hy
  exact h ⟨y, fun hy' => absurd hy' hy⟩

theorem two_add_two : 2 + 2 = 4 := rfl

theorem add_zero' (n : Nat) : n + 0 = n := by simp

theorem zero_add' (n : Nat) : 0 + n = n := by simp

theorem succ_add' (a b : Nat) : Nat.succ a + b = Nat.succ (a + b) := by
  induction b with
  | zero => rfl
  | succ b ih => rw [Nat.add_succ, ih, Nat.add_succ]

theorem add_comm' (a b : Nat) : a + b = b + a := by
  induction b with
  | zero => rw [Nat.add_zero, Nat.zero_add]
  | succ b ih => rw [Nat.add_succ, ih, Nat.succ_add]

theorem add_assoc' (a b c : Nat) : a + b + c = a + (b + c) := by rw [Nat.add_assoc]

theorem add_right_comm' (a b c : Nat) : a + b + c = a + c + b := by rw [Nat.add_right_comm]

theorem add_left_comm' (a b c : Nat) : a + (b + c) = b + (a + c) := by rw [Nat.add_left_comm]

theorem add_shuffle8 (a b c d e f g h : Nat) : (d + f) + (h + (a + c)) + (g + e + b) = a + b + c + d + e + f + g + h := by
  simp only [Nat.add_assoc]
  rw [Nat.add_left_comm h a, Nat.add_left_comm f a, Nat.add_left_comm d a]
  rw [Nat.add_comm e b, Nat.add_left_comm g b, Nat.add_left_comm c b, Nat.add_left_comm h b, Nat.add_left_comm f b, Nat.add_left_comm d b]
  rw [Nat.add_left_comm h c, Nat.add_left_comm f c, Nat.add_left_comm d c]
  rw [Nat.add_comm g e, Nat.add_left_comm h e, Nat.add_left_comm f e, Nat.add_comm h g]

theorem add_right_cancel' (a b n : Nat) : a + n = b + n → a = b := by
  intro h
  exact Nat.add_right_cancel h

theorem add_left_cancel' (a b n : Nat) : n + a = n + b → a = b := by
  intro h
  apply Nat.add_left_cancel (n := n)
  assumption

theorem add_left_eq_self' (x y : Nat) : x + y = y → x = 0 := by
  intro h
  apply Nat.add_right_cancel (m := y)
  rw [h, Nat.zero_add]

theorem eq_zero_of_add' (a b : Nat) : a + b = 0 → a = 0 := by
  intro h
  cases b with
  | zero => exact h
  | succ b => exact Nat.noConfusion h

theorem succ_inj' (a b : Nat) : a + 1 = b + 1 → a = b := by
  intro h
  cases h
  rfl

theorem zero_ne_succ' (n : Nat) : 0 ≠ n + 1 := by
  intro h
  cases h

theorem succ_ne_self' (n : Nat) : n + 1 ≠ n := by
  induction n with
  | zero =>
    intro h
    contradiction
  | succ n ih =>
    intro h
    injection h with h
    exact ih h

theorem mul_one' (m : Nat) : m * 1 = m := by
  rw [Nat.mul_one]

theorem zero_mul' (m : Nat) : 0 * m = 0 := by
  induction m with
  | zero => rfl
  | succ m ih => rw [Nat.mul_succ, ih]

theorem succ_mul' (a b : Nat) : (a + 1) * b = a * b + b := by rw [Nat.right_distrib, Nat.one_mul]

theorem mul_comm' (a b : Nat) : a * b = b * a := by rw [Nat.mul_comm]

theorem one_mul' (m : Nat) : 1 * m = m := by simp

theorem two_mul' (m : Nat) : 2 * m = m + m := by
  induction m with
  | zero => rfl
  | succ m ih =>
    rw [Nat.mul_succ, ih, Nat.add_succ, Nat.succ_add]
    rfl

theorem mul_add' (a b c : Nat) : a * (b + c) = a * b + a * c := by
  induction c with
  | zero => rfl
  | succ c ih =>
    show a * (b + c) + a = a * b + (a * c + a)
    rw [ih, Nat.add_assoc]

theorem add_mul' (a b c : Nat) : (a + b) * c = a * c + b * c := by
  induction c with
  | zero => rfl
  | succ c ih => rw [Nat.mul_succ, ih, Nat.mul_succ, Nat.mul_succ, Nat.add_add_add_comm]

theorem mul_assoc' (a b c : Nat) : a * b * c = a * (b * c) := by rw [Nat.mul_assoc]

theorem sq_add (a b : Nat) : (a + b) * (a + b) = a * a + 2 * a * b + b * b := by
  have h : 2 * a * b = a * b + a * b := by
    show (1 + 1) * a * b = a * b + a * b
    rw [Nat.right_distrib 1 1 a, Nat.one_mul, Nat.right_distrib]
  rw [h, Nat.left_distrib, Nat.right_distrib, Nat.right_distrib, Nat.mul_comm b a]
  rw [← Nat.add_assoc, Nat.add_assoc (a * a) (a * b) (a * b)]

theorem mul_eq_zero' (a b : Nat) : a * b = 0 → a = 0 ∨ b = 0 := by
  intro h
  cases a with
  | zero => exact Or.inl rfl
  | succ a =>
    cases b with
    | zero => exact Or.inr rfl
    | succ b =>
      rw [Nat.mul_succ, Nat.add_succ] at h
      contradiction

theorem mul_left_cancel' (a b c : Nat) : a ≠ 0 → a * b = a * c → b = c := by
  intro ha
  induction b generalizing c with
  | zero =>
    intro h
    cases c with
    | zero => rfl
    | succ c =>
      cases a with
      | zero => exact absurd rfl ha
      | succ a => exact Nat.noConfusion h
  | succ b ih =>
    intro h
    cases c with
    | zero =>
      cases a with
      | zero => exact absurd rfl ha
      | succ a => exact Nat.noConfusion h
    | succ c =>
      rw [Nat.mul_succ, Nat.mul_succ] at h
      exact congrArg Nat.succ (ih c (Nat.add_right_cancel h))

theorem mul_eq_one' (a b : Nat) : a * b = 1 → a = 1 := by
  intro h
  cases b with
  | zero => contradiction
  | succ b =>
    cases a with
    | zero =>
      rw [Nat.zero_mul] at h
      exact h
    | succ a =>
      rw [Nat.mul_succ, Nat.add_succ] at h
      injection h with h
      have h2 : a = 0 := Nat.eq_zero_of_add_eq_zero_left h
      rw [h2]

theorem pow_zero' (a : Nat) : a ^ 0 = 1 := rfl

theorem pow_one' (a : Nat) : a ^ 1 = a := by
  show 1 * a = a
  rw [Nat.one_mul]

theorem one_pow' (n : Nat) : 1 ^ n = 1 := by
  induction n with
  | zero => rfl
  | succ n ih => exact (Nat.mul_one (1 ^ n)).trans ih

theorem pow_two' (a : Nat) : a ^ 2 = a * a := by
  rw [Nat.pow_succ, Nat.pow_one]

theorem pow_add' (a m n : Nat) : a ^ (m + n) = a ^ m * a ^ n := by
  induction n with
  | zero =>
    show a ^ m = a ^ m * 1
    rw [Nat.mul_one]
  | succ n ih =>
    show a ^ (m + n) * a = a ^ m * (a ^ n * a)
    rw [ih, Nat.mul_assoc]

theorem mul_pow' (a b n : Nat) : (a * b) ^ n = a ^ n * b ^ n := by
  induction n with
  | zero => rfl
  | succ n ih =>
    show (a * b) ^ n * (a * b) = a ^ n * a * (b ^ n * b)
    rw [ih, Nat.mul_assoc, Nat.mul_assoc, Nat.mul_left_comm (b ^ n) a b]

theorem pow_mul' (a m n : Nat) : a ^ (m * n) = (a ^ m) ^ n := by
  have padd : ∀ k l : Nat, a ^ (k + l) = a ^ k * a ^ l := by
    intro k l
    induction l with
    | zero => exact (Nat.mul_one (a ^ k)).symm
    | succ l ih =>
      show a ^ (k + l) * a = a ^ k * (a ^ l * a)
      rw [ih, Nat.mul_assoc]
  induction n with
  | zero => rfl
  | succ n ih =>
    show a ^ (m * n + m) = (a ^ m) ^ n * a ^ m
    rw [padd, ih]

theorem zero_pow_succ' (m : Nat) : 0 ^ (m + 1) = 0 := by
  show 0 ^ m * 0 = 0
  exact Nat.mul_zero (0 ^ m)

theorem le_refl' (x : Nat) : x ≤ x := Nat.le_refl x

theorem zero_le' (x : Nat) : 0 ≤ x := by
  induction x with
  | zero => exact Nat.le_refl 0
  | succ x ih => exact Nat.le_succ_of_le ih

theorem le_succ_self' (x : Nat) : x ≤ x + 1 := Nat.le.intro (k := 1) rfl

theorem le_trans' (x y z : Nat) : x ≤ y → y ≤ z → x ≤ z := fun h g =>
  let ⟨a, ha⟩ := Nat.le.dest h
  let ⟨b, hb⟩ := Nat.le.dest g
  Nat.le.intro (k := a + b) (by rw [← hb, ← ha, Nat.add_assoc])

theorem le_zero' (x : Nat) : x ≤ 0 → x = 0 := by
  intro h
  cases x with
  | zero => rfl
  | succ x => exact nomatch h

theorem le_antisymm' (x y : Nat) : x ≤ y → y ≤ x → x = y := fun h g => Nat.le_antisymm h g

theorem le_total' (x y : Nat) : x ≤ y ∨ y ≤ x := by
  induction x with
  | zero => exact Or.inl (Nat.le.intro (Nat.zero_add y))
  | succ x ih =>
    cases ih with
    | inl h =>
      cases Nat.le.dest h with
      | intro k hk =>
        cases k with
        | zero =>
          apply Or.inr
          apply Nat.le.intro (k := 1)
          exact congrArg Nat.succ hk.symm
        | succ k =>
          apply Or.inl
          apply Nat.le.intro (k := k)
          rw [← hk, Nat.succ_add, Nat.add_succ]
    | inr h =>
      cases Nat.le.dest h with
      | intro k hk =>
        apply Or.inr
        apply Nat.le.intro (k := k + 1)
        exact congrArg Nat.succ hk

theorem succ_le_succ' (x y : Nat) : x + 1 ≤ y + 1 → x ≤ y := by
  intro h
  cases Nat.le.dest h with
  | intro k hk =>
    rw [Nat.succ_add] at hk
    exact Nat.le.intro (Nat.succ.inj hk)

theorem le_one' (x : Nat) : x ≤ 1 → x = 0 ∨ x = 1 := by
  intro h
  cases x with
  | zero => exact Or.inl rfl
  | succ x =>
    cases x with
    | zero => exact Or.inr rfl
    | succ x => exact absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero x)

theorem le_two' (x : Nat) : x ≤ 2 → x = 0 ∨ x = 1 ∨ x = 2 := by
  intro h
  cases x with
  | zero => exact Or.inl rfl
  | succ x =>
    cases x with
    | zero => exact Or.inr (Or.inl rfl)
    | succ x =>
      cases x with
      | zero => exact Or.inr (Or.inr rfl)
      | succ x =>
        cases Nat.le.dest h with
        | intro k hk =>
          rw [Nat.succ_add, Nat.succ_add, Nat.succ_add] at hk
          exact Nat.noConfusion (Nat.succ.inj (Nat.succ.inj hk))

theorem lt_irrefl' (x : Nat) : ¬ x < x := by
  induction x with
  | zero =>
    intro h
    cases h
  | succ n ih => exact fun h => ih (Nat.lt_of_succ_lt_succ h)

theorem lt_trans' (x y z : Nat) : x < y → y < z → x < z := by
  intro h g
  exact Nat.lt_trans h g

theorem le_iff_exists (x y : Nat) : x ≤ y ↔ ∃ c, y = x + c := by
  constructor
  · intro h
    cases Nat.le.dest h with
    | intro k hk => exact ⟨k, hk.symm⟩
  · intro ⟨c, hc⟩
    exact Nat.le.intro hc.symm

theorem add_le_add' (a b c d : Nat) : a ≤ b → c ≤ d → a + c ≤ b + d := by
  intro h g
  obtain ⟨k, hk⟩ := Nat.le.dest h
  obtain ⟨l, hl⟩ := Nat.le.dest g
  apply Nat.le.intro (k := k + l)
  rw [← hk, ← hl, Nat.add_assoc, Nat.add_assoc, Nat.add_left_comm c k l]

theorem mul_le_mul_right' (a b t : Nat) : a ≤ b → a * t ≤ b * t := by
  intro h
  induction t with
  | zero => exact Nat.le_refl _
  | succ t ih => exact Nat.add_le_add ih h

theorem lin1 (x y : Nat) (h : x + 2 * y = 7) (g : x = 3) : y = 2 := by
  rw [g] at h
  have h2 : 2 * y = 4 := Nat.add_left_cancel (n := 3) h
  cases y with
  | zero => contradiction
  | succ y =>
    cases y with
    | zero => contradiction
    | succ y =>
      cases y with
      | zero => rfl
      | succ y =>
        rw [Nat.mul_succ, Nat.mul_succ, Nat.mul_succ] at h2
        injection h2 with h3
        injection h3 with h4
        injection h4 with h5
        injection h5 with h6
        injection h6

theorem lin2 (x y : Nat) (h : 2 * x + 1 = 2 * y) : False := by
  induction x generalizing y with
  | zero =>
    cases y with
    | zero => exact Nat.noConfusion h
    | succ y => exact Nat.noConfusion (Nat.succ.inj h)
  | succ x ih =>
    cases y with
    | zero => exact Nat.noConfusion h
    | succ y =>
      apply ih y
      exact Nat.succ.inj (Nat.succ.inj h)

theorem even_or_odd (n : Nat) : (∃ k, n = 2 * k) ∨ (∃ k, n = 2 * k + 1) := by
  induction n with
  | zero => exact Or.inl ⟨0, rfl⟩
  | succ n ih =>
    cases ih with
    | inl h =>
      cases h with
      | intro k hk => exact Or.inr ⟨k, by rw [hk]⟩
    | inr h =>
      cases h with
      | intro k hk => exact Or.inl ⟨k + 1, by rw [hk]; rfl⟩

theorem not_even_odd (n : Nat) : ¬((∃ k, n = 2 * k) ∧ (∃ k, n = 2 * k + 1)) := by
  have key : ∀ x y : Nat, 2 * x + 1 = 2 * y → False := by
    intro x
    induction x with
    | zero =>
      intro y h
      cases y with
      | zero => exact Nat.noConfusion h
      | succ y => exact Nat.noConfusion (Nat.succ.inj h)
    | succ x ih =>
      intro y h
      cases y with
      | zero => exact Nat.noConfusion h
      | succ y => exact ih y (Nat.succ.inj (Nat.succ.inj h))
  intro ⟨⟨k, hk⟩, ⟨l, hl⟩⟩
  apply key l k
  rw [← hl, hk]

theorem even_mul_succ (n : Nat) : ∃ k, n * (n + 1) = 2 * k := by
  induction n with
  | zero => exact ⟨0, rfl⟩
  | succ n ih =>
    cases ih with
    | intro k hk =>
      exists k + (n + 1)
      show (n + 1) * (n + 2) = 2 * (k + (n + 1))
      rw [Nat.left_distrib 2 k (n + 1), ← hk, ← Nat.right_distrib, Nat.mul_comm]

theorem no_largest : ¬∃ m : Nat, ∀ n : Nat, n ≤ m := by
  have irr : ∀ m : Nat, ¬(m + 1 ≤ m) := by
    intro m
    induction m with
    | zero => exact fun h => nomatch h
    | succ m ih => exact fun h => ih (Nat.lt_of_succ_lt_succ h)
  intro ⟨m, h⟩
  exact irr m (h (m + 1))

theorem strong_ind (P : Nat → Prop) : (∀ n, (∀ m, m < n → P m) → P n) → ∀ n, P n := by
  intro h n
  have key : ∀ k m, m < k → P m := by
    intro k
    induction k with
    | zero =>
      intro m hm
      exact absurd hm (Nat.not_lt_zero m)
    | succ k ih =>
      intro m hm
      apply h
      intro j hj
      exact ih j (Nat.lt_of_lt_of_le hj (Nat.le_of_lt_succ hm))
  exact key (n + 1) n (Nat.lt_succ_self n)

theorem well_order_nn (P : Nat → Prop) : (∃ n, P n) → ¬¬∃ n, P n ∧ ∀ m, m < n → ¬P m := by
  intro ⟨n, hn⟩ h
  have key : ∀ n m : Nat, m < n → ¬P m := by
    intro n
    induction n with
    | zero => exact fun m hm _ => nomatch hm
    | succ n ih =>
      intro m hm hP
      apply h
      refine ⟨m, hP, ?_⟩
      intro k hk
      apply ih
      cases Nat.le.dest hk with
      | intro a ha =>
        cases Nat.le.dest hm with
        | intro b hb =>
          rw [Nat.succ_add] at hb
          have hb' : m + b = n := Nat.succ.inj hb
          exact Nat.le.intro (n := k + 1) (k := a + b) (by rw [← Nat.add_assoc, ha, hb'])
  exact key (n + 1) n (Nat.le.intro (n := n + 1) (k := 0) rfl) hn

theorem sub_self' (n : Nat) : n - n = 0 := by
  induction n with
  | zero => rfl
  | succ n ih => rw [Nat.succ_sub_succ, ih]

theorem add_sub_cancel' (n m : Nat) : n + m - m = n := by
  induction m with
  | zero => rfl
  | succ m ih =>
    show Nat.succ (n + m) - Nat.succ m = n
    rw [Nat.succ_sub_succ, ih]

theorem nil_append' (α : Type) (xs : List α) : [] ++ xs = xs := by rfl

theorem append_nil' (α : Type) (xs : List α) : xs ++ [] = xs := by
  induction xs with
  | nil => rfl
  | cons x xs ih => rw [List.cons_append, ih]

theorem append_assoc' (α : Type) (xs ys zs : List α) : xs ++ ys ++ zs = xs ++ (ys ++ zs) := by rw [List.append_assoc]

theorem length_append' (α : Type) (xs ys : List α) : (xs ++ ys).length = xs.length + ys.length := by rw [List.length_append]

theorem map_id' (α : Type) (xs : List α) : xs.map (fun x => x) = xs := by
  induction xs with
  | nil => rfl
  | cons x xs ih =>
    show x :: xs.map (fun x => x) = x :: xs
    rw [ih]

theorem map_map' (α β γ : Type) (f : α → β) (g : β → γ) (xs : List α) : (xs.map f).map g = xs.map (fun x => g (f x)) := by
  induction xs with
  | nil => rfl
  | cons x xs ih => exact congrArg (List.cons (g (f x))) ih

theorem map_append' (α β : Type) (f : α → β) (xs ys : List α) : (xs ++ ys).map f = xs.map f ++ ys.map f := by
  induction xs with
  | nil => rfl
  | cons x xs ih =>
    rw [List.cons_append]
    show f x :: (xs ++ ys).map f = (f x :: xs.map f) ++ ys.map f
    rw [ih, List.cons_append]

theorem length_map' (α β : Type) (f : α → β) (xs : List α) : (xs.map f).length = xs.length := by
  induction xs with
  | nil => rfl
  | cons x xs ih => rw [List.map_cons, List.length_cons, List.length_cons, ih]

theorem reverse_append' (α : Type) (xs ys : List α) : (xs ++ ys).reverse = ys.reverse ++ xs.reverse := List.reverse_append

theorem reverse_reverse' (α : Type) (xs : List α) : xs.reverse.reverse = xs := by
  rw [List.reverse_reverse]

theorem length_reverse' (α : Type) (xs : List α) : xs.reverse.length = xs.length := by
  have key : ∀ (as bs : List α), (List.reverseAux as bs).length = as.length + bs.length := by
    intro as
    induction as with
    | nil =>
      intro bs
      exact (Nat.zero_add bs.length).symm
    | cons a as ih =>
      intro bs
      show (List.reverseAux as (a :: bs)).length = (a :: as).length + bs.length
      rw [ih (a :: bs), List.length_cons, List.length_cons, Nat.succ_add]
      rfl
  exact key xs []

theorem cons_ne_nil' (α : Type) (x : α) (xs : List α) : x :: xs ≠ [] := by
  intro h
  cases h

theorem not_not_b (b : Bool) : (!!b) = b := by cases b <;> rfl

theorem and_comm_b (a b : Bool) : (a && b) = (b && a) := by
  cases a <;> cases b <;> rfl

theorem de_morgan_b (a b : Bool) : (!(a && b)) = (!a || !b) := by
  cases a with
  | true => rfl
  | false => rfl

theorem bool_dichotomy (b : Bool) : b = true ∨ b = false := by
  cases b
  · exact Or.inr rfl
  · exact Or.inl rfl

theorem f_cubed (f : Bool → Bool) (b : Bool) : f (f (f b)) = f b := by
  cases b <;> cases ht : f true <;> cases hf : f false <;> simp only [ht, hf]
