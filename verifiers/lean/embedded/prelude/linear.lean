-- Division, and the lemmas that omega's certificates are made of.

def Nat.divCore (y fuel : Nat) : Nat → Nat :=
  Nat.rec (motive := fun _ => Nat → Nat) (fun _ => 0)
    (fun _ ih x => Bool.rec (motive := fun _ => Nat) 0 (ih (x - y) + 1) (Bool.and (Nat.ble 1 y) (Nat.ble y x))) fuel
def Nat.div (x y : Nat) : Nat := Nat.divCore y x x
def Nat.mod (x y : Nat) : Nat := x - y * Nat.div x y
theorem Nat.divCore_zero (fuel x : Nat) : Nat.divCore 0 fuel x = 0 := by
  cases fuel with
  | zero => rfl
  | succ n => rfl
theorem Nat.divCore_spec (y : Nat) (hy : 0 < y) (fuel x : Nat) (hx : x ≤ fuel) :
    y * Nat.divCore y fuel x ≤ x ∧ x < y * Nat.divCore y fuel x + y := by
  induction fuel generalizing x with
  | zero =>
    have h0 : x = 0 := Nat.eq_zero_of_le_zero hx
    rw [h0]
    exact ⟨Nat.le_refl 0, Nat.lt_of_lt_of_le hy (Nat.le_add_left y _)⟩
  | succ n ih =>
    have e1 : Nat.ble 1 y = true := Nat.ble_eq_true_of_le hy
    cases h : Nat.ble y x with
    | true =>
      have hyx : y ≤ x := Nat.le_of_ble_eq_true h
      have step : Nat.divCore y (n + 1) x = Nat.divCore y n (x - y) + 1 := by
        show Bool.rec (motive := fun _ => Nat) 0 (Nat.divCore y n (x - y) + 1) (Bool.and (Nat.ble 1 y) (Nat.ble y x)) = _
        rw [e1, h]
        rfl
      have small : x - y ≤ n := by
        have lt : x - y < x := by
          have e := Nat.sub_add_cancel hyx
          have g : x - y < x - y + y := Nat.lt_add_of_pos_right hy
          rw [e] at g
          exact g
        exact Nat.le_of_lt_succ (Nat.lt_of_lt_of_le lt hx)
      have both := ih (x - y) small
      rw [step, Nat.mul_succ]
      have e := Nat.sub_add_cancel hyx
      constructor
      · have g := Nat.add_le_add_right both.1 y
        rw [e] at g
        exact g
      · have g := Nat.add_lt_add_right both.2 y
        rw [e] at g
        exact g
    | false =>
      have hyx : x < y := Nat.lt_of_not_le (Nat.not_le_of_ble_eq_false h)
      have step : Nat.divCore y (n + 1) x = 0 := by
        show Bool.rec (motive := fun _ => Nat) 0 (Nat.divCore y n (x - y) + 1) (Bool.and (Nat.ble 1 y) (Nat.ble y x)) = _
        rw [e1, h]
        rfl
      rw [step, Nat.mul_zero, Nat.zero_add]
      exact ⟨Nat.zero_le x, hyx⟩
theorem Nat.div_zero (b : Nat) : b / 0 = 0 := Nat.divCore_zero b b
theorem Nat.mod_zero (a : Nat) : a % 0 = a := by
  show a - 0 * Nat.div a 0 = a
  rw [Nat.zero_mul, Nat.sub_zero]
theorem Nat.mul_div_le (m n : Nat) : n * (m / n) ≤ m := by
  cases Nat.eq_zero_or_pos n with
  | inl h => rw [h, Nat.zero_mul]; exact Nat.zero_le m
  | inr h => exact (Nat.divCore_spec n h m m (Nat.le_refl m)).1
theorem Nat.lt_mul_div_add (m : Nat) {n : Nat} (h : 0 < n) : m < n * (m / n) + n := (Nat.divCore_spec n h m m (Nat.le_refl m)).2
theorem Nat.div_add_mod (m n : Nat) : n * (m / n) + m % n = m := Nat.add_sub_of_le (Nat.mul_div_le m n)
theorem Nat.mod_lt (x : Nat) {y : Nat} (h : y > 0) : x % y < y := by
  have a := Nat.lt_mul_div_add x h
  rw [← Nat.div_add_mod x y] at a
  have b : y * (x / y) + x % y < y * (x / y) + y := by
    rw [Nat.div_add_mod x y]
    exact Nat.lt_mul_div_add x h
  exact Nat.le_of_add_le_add_left (a := y * (x / y)) b
theorem Nat.mod_add_div (m k : Nat) : m % k + k * (m / k) = m := (Nat.add_comm _ _).trans (Nat.div_add_mod m k)
theorem Nat.mod_le (x y : Nat) : x % y ≤ x := Nat.sub_le x _

@[hidden] theorem Lin.atom (x : Nat) : x = 1 * x + 0 := (Nat.one_mul x).symm
@[hidden] theorem Lin.add (a b A B C : Nat) (ha : a = A) (hb : b = B) (h : A + B = C) : a + b = C := by rw [ha, hb, h]
@[hidden] theorem Lin.left (c x A B C : Nat) (h : A + B = C) : c * x + A + B = c * x + C := by rw [Nat.add_assoc, h]
@[hidden] theorem Lin.right (d y A B C : Nat) (h : A + B = C) : A + (d * y + B) = d * y + C := by rw [Nat.add_left_comm, h]
@[hidden] theorem Lin.both (c d e x A B C : Nat) (he : c + d = e) (h : A + B = C) : c * x + A + (d * x + B) = e * x + C := by
  rw [Nat.add_add_add_comm, ← Nat.right_distrib, he, h]
@[hidden] theorem Lin.mul (k a A C : Nat) (ha : a = A) (h : k * A = C) : k * a = C := by rw [ha, h]
@[hidden] theorem Lin.mulRight (k a C : Nat) (h : k * a = C) : a * k = C := by rw [Nat.mul_comm, h]
@[hidden] theorem Lin.scale (k c d x A C : Nat) (hd : k * c = d) (h : k * A = C) : k * (c * x + A) = d * x + C := by
  rw [Nat.left_distrib, ← Nat.mul_assoc, hd, h]
@[hidden] theorem Lin.le (a b A B : Nat) (h : a ≤ b) (ha : a = A) (hb : b = B) : A ≤ B := by
  rw [ha, hb] at h
  exact h
@[hidden] theorem Lin.cancel (a b M A B : Nat) (h : a ≤ b) (ha : M + A = a) (hb : M + B = b) : A ≤ B := by
  rw [← ha, ← hb] at h
  exact Nat.le_of_add_le_add_left h
@[hidden] theorem Lin.times (k a b A B : Nat) (h : a ≤ b) (ha : k * a = A) (hb : k * b = B) : A ≤ B := by
  rw [← ha, ← hb]
  exact Nat.mul_le_mul_left k h
@[hidden] theorem Lin.plus (k A B a b c d C D : Nat) (h : A ≤ B) (g : a ≤ b) (hc : k * a = c) (hd : k * b = d)
    (hC : A + c = C) (hD : B + d = D) : C ≤ D := by
  rw [← hC, ← hD, ← hc, ← hd]
  exact Nat.add_le_add h (Nat.mul_le_mul_left k g)
@[hidden] theorem Lin.tightRight (g q A B k a b : Nat) (h : a ≤ b) (ha : g * A = a) (hb : g * B + k = b)
    (hk : Nat.ble (k + 1) (g * (q + 1)) = true) : A ≤ B + q := by
  cases Nat.lt_or_ge (B + q) A with
  | inr r => exact r
  | inl l =>
    have s : g * (B + (q + 1)) ≤ g * A := Nat.mul_le_mul_left g l
    rw [Nat.left_distrib, ha] at s
    have t : g * B + (k + 1) ≤ g * B + g * (q + 1) := Nat.add_le_add_left (Nat.le_of_ble_eq_true hk) (g * B)
    have bad : b + 1 ≤ b := by
      rw [← hb]
      rw [← hb] at h
      exact Nat.le_trans t (Nat.le_trans s h)
    exact absurd bad (Nat.not_succ_le_self b)
@[hidden] theorem Lin.tightLeft (g q A B k a b : Nat) (h : a ≤ b) (ha : g * A + k = a) (hb : g * B = b)
    (hk : Nat.ble (g * q + 1) k = true) : A + (q + 1) ≤ B := by
  cases Nat.lt_or_ge B (A + (q + 1)) with
  | inr r => exact r
  | inl l =>
    have s : g * B ≤ g * (A + q) := Nat.mul_le_mul_left g (Nat.le_of_lt_succ l)
    rw [Nat.left_distrib, hb] at s
    have t : g * A + (g * q + 1) ≤ g * A + k := Nat.add_le_add_left (Nat.le_of_ble_eq_true hk) (g * A)
    rw [ha] at t
    exact absurd (Nat.le_trans t (Nat.le_trans h s)) (Nat.not_succ_le_self _)
@[hidden] theorem Lin.subSplit (a b : Nat) : (a ≤ b ∧ a - b = 0) ∨ (b ≤ a ∧ a - b + b = a) := by
  cases Nat.le_total a b with
  | inl h => exact Or.inl ⟨h, Nat.sub_eq_zero_of_le h⟩
  | inr h => exact Or.inr ⟨h, Nat.sub_add_cancel h⟩
theorem Nat.lt_or_gt_of_ne {a b : Nat} (h : a ≠ b) : a < b ∨ a > b := by
  rcases Nat.lt_trichotomy a b with l | e | g
  · exact Or.inl l
  · exact absurd e h
  · exact Or.inr g
theorem Decidable.not_and_iff_or_not_not {a b : Prop} [Decidable a] : ¬(a ∧ b) ↔ ¬a ∨ ¬b :=
  ⟨fun h => (Decidable.em a).elim (fun ha => Or.inr (fun hb => h ⟨ha, hb⟩)) Or.inl, not_and_of_not_or_not⟩
theorem Decidable.not_or_of_imp {a b : Prop} [Decidable a] (h : a → b) : ¬a ∨ b :=
  (Decidable.em a).elim (fun ha => Or.inr (h ha)) Or.inl
theorem Decidable.not_imp_iff_and_not {a b : Prop} [Decidable a] : ¬(a → b) ↔ a ∧ ¬b :=
  ⟨fun h => ⟨Decidable.byContradiction (fun na => h (fun ha => absurd ha na)), fun hb => h (fun _ => hb)⟩, not_imp_of_and_not⟩
