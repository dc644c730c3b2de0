-- Natural numbers: arithmetic, order, and the lemmas that decision procedures rest on.

def Nat.pred (n : Nat) : Nat := Nat.rec (motive := fun _ => Nat) 0 (fun m _ => m) n
def Nat.add (n m : Nat) : Nat := Nat.rec (motive := fun _ => Nat) n (fun _ ih => Nat.succ ih) m
def Nat.sub (n m : Nat) : Nat := Nat.rec (motive := fun _ => Nat) n (fun _ ih => Nat.pred ih) m
def Nat.mul (n m : Nat) : Nat := Nat.rec (motive := fun _ => Nat) 0 (fun _ ih => ih + n) m
def Nat.pow (m n : Nat) : Nat := Nat.rec (motive := fun _ => Nat) 1 (fun _ ih => ih * m) n
def Nat.beq (n : Nat) : Nat → Bool :=
  Nat.rec (motive := fun _ => Nat → Bool)
    (fun m => Nat.rec (motive := fun _ => Bool) true (fun _ _ => false) m)
    (fun _ ih m => Nat.rec (motive := fun _ => Bool) false (fun k _ => ih k) m) n
def Nat.ble (n : Nat) : Nat → Bool :=
  Nat.rec (motive := fun _ => Nat → Bool)
    (fun m => Nat.rec (motive := fun _ => Bool) true (fun _ _ => true) m)
    (fun _ ih m => Nat.rec (motive := fun _ => Bool) false (fun k _ => ih k) m) n
inductive Nat.le (n : Nat) : Nat → Prop where
  | refl : Nat.le n n
  | step {m : Nat} (a : Nat.le n m) : Nat.le n (Nat.succ m)
def Nat.lt (n m : Nat) : Prop := Nat.le (n + 1) m
@[hidden] abbrev Nat.ge (n m : Nat) : Prop := Nat.le m n
@[hidden] abbrev Nat.gt (n m : Nat) : Prop := Nat.lt m n
@[hidden] def Nat.dvd (a b : Nat) : Prop := ∃ c, b = a * c

def Nat.noConfusionType (P : Sort u) (v1 : Nat) : Nat → Sort u :=
  Nat.rec (motive := fun _ => Nat → Sort u)
    (fun v2 => Nat.rec (motive := fun _ => Sort u) (P → P) (fun _ _ => P) v2)
    (fun n _ v2 => Nat.rec (motive := fun _ => Sort u) P (fun m _ => (n = m → P) → P) v2) v1
def Nat.noConfusion {P : Sort u} {v1 v2 : Nat} (h : v1 = v2) : Nat.noConfusionType P v1 v2 :=
  Eq.rec (motive := fun w _ => Nat.noConfusionType P v1 w)
    (Nat.rec (motive := fun w => Nat.noConfusionType P w w) (fun p => p) (fun _ _ f => f rfl) v1) h

theorem Nat.succ.inj {m n : Nat} (h : Nat.succ m = Nat.succ n) : m = n := congrArg Nat.pred h
theorem Nat.succ_inj {a b : Nat} : Nat.succ a = Nat.succ b ↔ a = b := ⟨Nat.succ.inj, congrArg Nat.succ⟩
theorem Nat.succ.injEq (u v : Nat) : (Nat.succ u = Nat.succ v) = (u = v) := propext Nat.succ_inj
theorem Nat.succ_ne_zero (n : Nat) : Nat.succ n ≠ 0 := fun h => Nat.noConfusion h
@[simp] theorem Nat.add_one_ne_zero (n : Nat) : n + 1 ≠ 0 := fun h => Nat.noConfusion h
@[simp] theorem Nat.zero_ne_add_one (n : Nat) : 0 ≠ n + 1 := fun h => Nat.noConfusion h
theorem Nat.zero_ne_one : 0 ≠ 1 := fun h => Nat.noConfusion h
theorem Nat.one_ne_zero : 1 ≠ 0 := fun h => Nat.noConfusion h
theorem Nat.succ_ne_self (n : Nat) : Nat.succ n ≠ n := by
  induction n with
  | zero => exact Nat.succ_ne_zero 0
  | succ n ih => exact fun h => ih (Nat.succ.inj h)
theorem Nat.pred_zero : Nat.pred 0 = 0 := rfl
theorem Nat.pred_succ (n : Nat) : Nat.pred (Nat.succ n) = n := rfl
theorem Nat.succ_eq_add_one (n : Nat) : Nat.succ n = n + 1 := rfl
theorem Nat.add_one (n : Nat) : n + 1 = Nat.succ n := rfl
theorem Nat.exists_eq_succ_of_ne_zero {n : Nat} (h : n ≠ 0) : ∃ k, n = Nat.succ k := by
  cases n with
  | zero => exact absurd rfl h
  | succ k => exact ⟨k, rfl⟩
theorem Nat.eq_zero_or_eq_succ_pred (n : Nat) : n = 0 ∨ n = Nat.succ (Nat.pred n) := by
  cases n with
  | zero => exact Or.inl rfl
  | succ n => exact Or.inr rfl

def Nat.recOn {motive : Nat → Sort u} (t : Nat) (zero : motive 0) (succ : (n : Nat) → motive n → motive (n + 1)) : motive t :=
  Nat.rec (motive := motive) zero succ t
def Nat.casesOn {motive : Nat → Sort u} (t : Nat) (zero : motive 0) (succ : (n : Nat) → motive (n + 1)) : motive t :=
  Nat.rec (motive := motive) zero (fun n _ => succ n) t

-- Addition.
@[simp] theorem Nat.add_zero (n : Nat) : n + 0 = n := rfl
@[simp] theorem Nat.zero_add (n : Nat) : 0 + n = n := by
  induction n with
  | zero => rfl
  | succ n ih => exact congrArg Nat.succ ih
theorem Nat.add_succ (n m : Nat) : n + Nat.succ m = Nat.succ (n + m) := rfl
theorem Nat.succ_add (n m : Nat) : Nat.succ n + m = Nat.succ (n + m) := by
  induction m with
  | zero => rfl
  | succ m ih => exact congrArg Nat.succ ih
theorem Nat.add_comm (n m : Nat) : n + m = m + n := by
  induction m with
  | zero => exact (Nat.zero_add n).symm
  | succ m ih => exact (congrArg Nat.succ ih).trans (Nat.succ_add m n).symm
theorem Nat.add_assoc (n m k : Nat) : n + m + k = n + (m + k) := by
  induction k with
  | zero => rfl
  | succ k ih => exact congrArg Nat.succ ih
theorem Nat.add_left_comm (n m k : Nat) : n + (m + k) = m + (n + k) := by
  rw [← Nat.add_assoc, Nat.add_comm n m, Nat.add_assoc]
theorem Nat.add_right_comm (n m k : Nat) : n + m + k = n + k + m := by
  rw [Nat.add_assoc, Nat.add_comm m k, ← Nat.add_assoc]
theorem Nat.add_add_add_comm (a b c d : Nat) : a + b + (c + d) = a + c + (b + d) := by
  rw [Nat.add_assoc, Nat.add_left_comm b c d, ← Nat.add_assoc]
theorem Nat.one_add (n : Nat) : 1 + n = Nat.succ n := Nat.add_comm 1 n
theorem Nat.add_right_cancel {n m k : Nat} (h : n + m = k + m) : n = k := by
  induction m with
  | zero => exact h
  | succ m ih => exact ih (Nat.succ.inj h)
theorem Nat.add_left_cancel {n m k : Nat} (h : n + m = n + k) : m = k := by
  rw [Nat.add_comm n m, Nat.add_comm n k] at h
  exact Nat.add_right_cancel h
@[simp] theorem Nat.add_right_cancel_iff {m k n : Nat} : m + n = k + n ↔ m = k := ⟨Nat.add_right_cancel, fun h => h ▸ rfl⟩
@[simp] theorem Nat.add_left_cancel_iff {m k n : Nat} : n + m = n + k ↔ m = k := ⟨Nat.add_left_cancel, fun h => h ▸ rfl⟩
theorem Nat.eq_zero_of_add_eq_zero_right {n m : Nat} (h : n + m = 0) : n = 0 := by
  cases m with
  | zero => exact h
  | succ m => exact Nat.noConfusion h
theorem Nat.eq_zero_of_add_eq_zero_left {n m : Nat} (h : n + m = 0) : m = 0 := by
  rw [Nat.add_comm] at h
  exact Nat.eq_zero_of_add_eq_zero_right h
theorem Nat.eq_zero_of_add_eq_zero {n m : Nat} (h : n + m = 0) : n = 0 ∧ m = 0 :=
  ⟨Nat.eq_zero_of_add_eq_zero_right h, Nat.eq_zero_of_add_eq_zero_left h⟩
@[simp] theorem Nat.add_eq_zero_iff {m n : Nat} : m + n = 0 ↔ m = 0 ∧ n = 0 := by
  constructor
  · exact Nat.eq_zero_of_add_eq_zero
  · intro ⟨h, k⟩
    rw [h, k]
theorem Nat.add_eq_left {a b : Nat} : a + b = a ↔ b = 0 :=
  ⟨fun h => Nat.add_left_cancel (n := a) (k := 0) h, fun h => h ▸ rfl⟩
theorem Nat.add_eq_right {a b : Nat} : a + b = b ↔ a = 0 :=
  ⟨fun h => Nat.add_right_cancel (m := b) (h.trans (Nat.zero_add b).symm), fun h => h ▸ Nat.zero_add b⟩

-- Multiplication.
@[simp] theorem Nat.mul_zero (n : Nat) : n * 0 = 0 := rfl
theorem Nat.mul_succ (n m : Nat) : n * Nat.succ m = n * m + n := rfl
theorem Nat.mul_add_one (a b : Nat) : a * (b + 1) = a * b + a := rfl
@[simp] theorem Nat.zero_mul (n : Nat) : 0 * n = 0 := by
  induction n with
  | zero => rfl
  | succ n ih => exact ih
theorem Nat.succ_mul (n m : Nat) : Nat.succ n * m = n * m + m := by
  induction m with
  | zero => rfl
  | succ m ih =>
    rw [Nat.mul_succ, ih, Nat.mul_succ, Nat.add_succ, Nat.add_succ]
    exact congrArg Nat.succ (Nat.add_right_comm _ _ _)
theorem Nat.add_one_mul (a b : Nat) : (a + 1) * b = a * b + b := Nat.succ_mul a b
theorem Nat.mul_comm (n m : Nat) : n * m = m * n := by
  induction m with
  | zero => exact (Nat.zero_mul n).symm
  | succ m ih => rw [Nat.mul_succ, Nat.succ_mul, ih]
@[simp] theorem Nat.mul_one (n : Nat) : n * 1 = n := Nat.zero_add n
@[simp] theorem Nat.one_mul (n : Nat) : 1 * n = n := (Nat.mul_comm 1 n).trans (Nat.mul_one n)
theorem Nat.left_distrib (n m k : Nat) : n * (m + k) = n * m + n * k := by
  induction k with
  | zero => rfl
  | succ k ih => rw [Nat.add_succ, Nat.mul_succ, Nat.mul_succ, ih, Nat.add_assoc]
theorem Nat.right_distrib (n m k : Nat) : (n + m) * k = n * k + m * k := by
  rw [Nat.mul_comm, Nat.left_distrib, Nat.mul_comm k n, Nat.mul_comm k m]
theorem Nat.mul_add (n m k : Nat) : n * (m + k) = n * m + n * k := Nat.left_distrib n m k
theorem Nat.add_mul (n m k : Nat) : (n + m) * k = n * k + m * k := Nat.right_distrib n m k
theorem Nat.mul_assoc (n m k : Nat) : n * m * k = n * (m * k) := by
  induction k with
  | zero => rfl
  | succ k ih => rw [Nat.mul_succ, Nat.mul_succ, ih, Nat.left_distrib]
theorem Nat.mul_left_comm (n m k : Nat) : n * (m * k) = m * (n * k) := by
  rw [← Nat.mul_assoc, Nat.mul_comm n m, Nat.mul_assoc]
theorem Nat.mul_right_comm (n m k : Nat) : n * m * k = n * k * m := by
  rw [Nat.mul_assoc, Nat.mul_comm m k, ← Nat.mul_assoc]
theorem Nat.two_mul (n : Nat) : 2 * n = n + n := by
  rw [Nat.mul_comm]
  exact congrArg (fun k => k + n) (Nat.zero_add n)
theorem Nat.mul_two (n : Nat) : n * 2 = n + n := by rw [Nat.mul_comm, Nat.two_mul]
@[simp] theorem Nat.mul_eq_zero {m n : Nat} : n * m = 0 ↔ n = 0 ∨ m = 0 := by
  constructor
  · intro h
    cases n with
    | zero => exact Or.inl rfl
    | succ n =>
      cases m with
      | zero => exact Or.inr rfl
      | succ m => exact Nat.noConfusion h
  · intro h
    cases h with
    | inl h => rw [h, Nat.zero_mul]
    | inr h => rw [h, Nat.mul_zero]
theorem Nat.eq_zero_of_mul_eq_zero {n m : Nat} (h : n * m = 0) : n = 0 ∨ m = 0 := Nat.mul_eq_zero.mp h

-- Powers.
@[simp] theorem Nat.pow_zero (b : Nat) : b ^ 0 = 1 := rfl
theorem Nat.pow_succ {b n : Nat} : b ^ (n + 1) = b ^ n * b := rfl
theorem Nat.pow_add_one {b n : Nat} : b ^ (n + 1) = b ^ n * b := rfl
theorem Nat.pow_one (a : Nat) : a ^ 1 = a := Nat.one_mul a
theorem Nat.pow_two (a : Nat) : a ^ 2 = a * a := congrArg (fun k => k * a) (Nat.one_mul a)
theorem Nat.one_pow (n : Nat) : 1 ^ n = 1 := by
  induction n with
  | zero => rfl
  | succ n ih => exact (Nat.mul_one (1 ^ n)).trans ih
theorem Nat.pow_add (a m n : Nat) : a ^ (m + n) = a ^ m * a ^ n := by
  induction n with
  | zero => exact (Nat.mul_one _).symm
  | succ n ih => exact (congrArg (fun k => k * a) ih).trans (Nat.mul_assoc _ _ _)
theorem Nat.mul_pow (a b n : Nat) : (a * b) ^ n = a ^ n * b ^ n := by
  induction n with
  | zero => rfl
  | succ n ih =>
    rw [Nat.pow_succ, ih, Nat.pow_succ, Nat.pow_succ, Nat.mul_assoc, Nat.mul_left_comm (b ^ n) a b, ← Nat.mul_assoc]
theorem Nat.pow_mul (a m n : Nat) : a ^ (m * n) = (a ^ m) ^ n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [Nat.mul_succ, Nat.pow_add, ih, Nat.pow_succ]

-- Order.
@[simp] theorem Nat.le_refl (n : Nat) : n ≤ n := Nat.le.refl
theorem Nat.le_rfl {n : Nat} : n ≤ n := Nat.le.refl
theorem Nat.le_succ (n : Nat) : n ≤ Nat.succ n := Nat.le.step Nat.le.refl
theorem Nat.le_add_one (n : Nat) : n ≤ n + 1 := Nat.le_succ n
theorem Nat.le_step {n m : Nat} (h : n ≤ m) : n ≤ Nat.succ m := Nat.le.step h
theorem Nat.le_succ_of_le {n m : Nat} (h : n ≤ m) : n ≤ Nat.succ m := Nat.le.step h
@[simp] theorem Nat.zero_le (n : Nat) : 0 ≤ n := by
  induction n with
  | zero => exact Nat.le.refl
  | succ n ih => exact Nat.le.step ih
theorem Nat.succ_le_succ {n m : Nat} (h : n ≤ m) : Nat.succ n ≤ Nat.succ m := by
  induction h with
  | refl => exact Nat.le.refl
  | step h ih => exact Nat.le.step ih
theorem Nat.le_trans {n m k : Nat} (h₁ : n ≤ m) (h₂ : m ≤ k) : n ≤ k := by
  induction h₂ with
  | refl => exact h₁
  | step h ih => exact Nat.le.step ih
theorem Nat.le_of_succ_le {n m : Nat} (h : Nat.succ n ≤ m) : n ≤ m := Nat.le_trans (Nat.le_succ n) h
theorem Nat.pred_le (n : Nat) : Nat.pred n ≤ n := by
  cases n with
  | zero => exact Nat.le.refl
  | succ n => exact Nat.le_succ n
theorem Nat.pred_le_pred {n m : Nat} (h : n ≤ m) : Nat.pred n ≤ Nat.pred m := by
  induction h with
  | refl => exact Nat.le.refl
  | step h ih => exact Nat.le_trans ih (Nat.pred_le _)
theorem Nat.le_of_succ_le_succ {n m : Nat} (h : Nat.succ n ≤ Nat.succ m) : n ≤ m := Nat.pred_le_pred h
theorem Nat.succ_le_succ_iff {a b : Nat} : Nat.succ a ≤ Nat.succ b ↔ a ≤ b := ⟨Nat.le_of_succ_le_succ, Nat.succ_le_succ⟩
theorem Nat.not_succ_le_zero (n : Nat) : ¬Nat.succ n ≤ 0 := fun h => nomatch h
theorem Nat.not_succ_le_self (n : Nat) : ¬Nat.succ n ≤ n := by
  induction n with
  | zero => exact Nat.not_succ_le_zero 0
  | succ n ih => exact fun h => ih (Nat.le_of_succ_le_succ h)
@[simp] theorem Nat.not_lt_zero (n : Nat) : ¬n < 0 := Nat.not_succ_le_zero n
@[simp] theorem Nat.lt_irrefl (n : Nat) : ¬n < n := Nat.not_succ_le_self n
theorem Nat.lt_succ_self (n : Nat) : n < Nat.succ n := Nat.le.refl
@[simp] theorem Nat.lt_add_one (n : Nat) : n < n + 1 := Nat.le.refl
theorem Nat.lt_succ_of_le {n m : Nat} (h : n ≤ m) : n < Nat.succ m := Nat.succ_le_succ h
theorem Nat.lt_add_one_of_le {n m : Nat} (h : n ≤ m) : n < m + 1 := Nat.succ_le_succ h
theorem Nat.le_of_lt_succ {m n : Nat} (h : m < Nat.succ n) : m ≤ n := Nat.le_of_succ_le_succ h
theorem Nat.le_of_lt_add_one {m n : Nat} (h : m < n + 1) : m ≤ n := Nat.le_of_succ_le_succ h
theorem Nat.lt_succ_iff {m n : Nat} : m < Nat.succ n ↔ m ≤ n := ⟨Nat.le_of_lt_succ, Nat.lt_succ_of_le⟩
theorem Nat.lt_add_one_iff {m n : Nat} : m < n + 1 ↔ m ≤ n := ⟨Nat.le_of_lt_succ, Nat.lt_succ_of_le⟩
theorem Nat.succ_le_of_lt {n m : Nat} (h : n < m) : Nat.succ n ≤ m := h
theorem Nat.lt_of_succ_le {n m : Nat} (h : Nat.succ n ≤ m) : n < m := h
theorem Nat.succ_le_iff {m n : Nat} : Nat.succ m ≤ n ↔ m < n := Iff.rfl
theorem Nat.succ_lt_succ {n m : Nat} (h : n < m) : Nat.succ n < Nat.succ m := Nat.succ_le_succ h
theorem Nat.lt_of_succ_lt_succ {n m : Nat} (h : Nat.succ n < Nat.succ m) : n < m := Nat.le_of_succ_le_succ h
theorem Nat.succ_lt_succ_iff {a b : Nat} : Nat.succ a < Nat.succ b ↔ a < b := ⟨Nat.lt_of_succ_lt_succ, Nat.succ_lt_succ⟩
theorem Nat.zero_lt_succ (n : Nat) : 0 < Nat.succ n := Nat.succ_le_succ (Nat.zero_le n)
theorem Nat.succ_pos (n : Nat) : 0 < Nat.succ n := Nat.zero_lt_succ n
theorem Nat.zero_lt_one : 0 < 1 := Nat.zero_lt_succ 0
theorem Nat.le_of_lt {n m : Nat} (h : n < m) : n ≤ m := Nat.le_of_succ_le h
theorem Nat.lt_of_lt_of_le {n m k : Nat} (h₁ : n < m) (h₂ : m ≤ k) : n < k := Nat.le_trans h₁ h₂
theorem Nat.lt_of_le_of_lt {n m k : Nat} (h₁ : n ≤ m) (h₂ : m < k) : n < k := Nat.le_trans (Nat.succ_le_succ h₁) h₂
theorem Nat.lt_trans {n m k : Nat} (h₁ : n < m) (h₂ : m < k) : n < k := Nat.lt_of_lt_of_le h₁ (Nat.le_of_lt h₂)
theorem Nat.lt_succ_of_lt {n m : Nat} (h : n < m) : n < Nat.succ m := Nat.le.step h
theorem Nat.lt_of_succ_lt {n m : Nat} (h : Nat.succ n < m) : n < m := Nat.le_of_succ_le h
theorem Nat.le_of_eq {n m : Nat} (p : n = m) : n ≤ m := p ▸ Nat.le_refl n
theorem Nat.eq_zero_of_le_zero {n : Nat} (h : n ≤ 0) : n = 0 := by
  cases n with
  | zero => rfl
  | succ n => exact absurd h (Nat.not_succ_le_zero n)
@[simp] theorem Nat.le_zero_eq (a : Nat) : (a ≤ 0) = (a = 0) := propext ⟨Nat.eq_zero_of_le_zero, Nat.le_of_eq⟩
theorem Nat.le_zero {i : Nat} : i ≤ 0 ↔ i = 0 := ⟨Nat.eq_zero_of_le_zero, Nat.le_of_eq⟩
theorem Nat.le_antisymm {n m : Nat} (h₁ : n ≤ m) (h₂ : m ≤ n) : n = m := by
  induction n generalizing m with
  | zero => exact (Nat.eq_zero_of_le_zero h₂).symm
  | succ n ih =>
    cases m with
    | zero => exact absurd h₁ (Nat.not_succ_le_zero n)
    | succ m => exact congrArg Nat.succ (ih (Nat.le_of_succ_le_succ h₁) (Nat.le_of_succ_le_succ h₂))
theorem Nat.le_antisymm_iff {a b : Nat} : a = b ↔ a ≤ b ∧ b ≤ a :=
  ⟨fun h => ⟨Nat.le_of_eq h, Nat.le_of_eq h.symm⟩, fun h => Nat.le_antisymm h.1 h.2⟩
theorem Nat.lt_or_ge (n m : Nat) : n < m ∨ n ≥ m := by
  induction m with
  | zero => exact Or.inr (Nat.zero_le n)
  | succ m ih =>
    cases ih with
    | inl h => exact Or.inl (Nat.le.step h)
    | inr h =>
      cases h with
      | refl => exact Or.inl Nat.le.refl
      | step h => exact Or.inr (Nat.succ_le_succ h)
theorem Nat.le_total (m n : Nat) : m ≤ n ∨ n ≤ m := (Nat.lt_or_ge m n).elim (fun h => Or.inl (Nat.le_of_lt h)) Or.inr
theorem Nat.lt_or_eq_of_le {n m : Nat} (h : n ≤ m) : n < m ∨ n = m := by
  cases h with
  | refl => exact Or.inr rfl
  | step h => exact Or.inl (Nat.succ_le_succ h)
theorem Nat.eq_or_lt_of_le {n m : Nat} (h : n ≤ m) : n = m ∨ n < m := (Nat.lt_or_eq_of_le h).symm
theorem Nat.le_iff_lt_or_eq {n m : Nat} : n ≤ m ↔ n < m ∨ n = m :=
  ⟨Nat.lt_or_eq_of_le, fun h => h.elim Nat.le_of_lt Nat.le_of_eq⟩
theorem Nat.lt_trichotomy (a b : Nat) : a < b ∨ a = b ∨ b < a :=
  (Nat.lt_or_ge a b).elim Or.inl (fun h => Or.inr ((Nat.eq_or_lt_of_le h).elim (fun e => Or.inl e.symm) Or.inr))
theorem Nat.lt_of_le_of_ne {n m : Nat} (h₁ : n ≤ m) (h₂ : ¬n = m) : n < m :=
  (Nat.lt_or_eq_of_le h₁).elim id (fun h => absurd h h₂)
theorem Nat.ne_of_lt {a b : Nat} (h : a < b) : a ≠ b := fun e => Nat.lt_irrefl b (by rw [e] at h; exact h)
theorem Nat.ne_of_gt {a b : Nat} (h : b < a) : a ≠ b := fun e => Nat.lt_irrefl b (by rw [e] at h; exact h)
theorem Nat.lt_iff_le_and_ne {m n : Nat} : m < n ↔ m ≤ n ∧ m ≠ n :=
  ⟨fun h => ⟨Nat.le_of_lt h, Nat.ne_of_lt h⟩, fun h => Nat.lt_of_le_of_ne h.1 h.2⟩
theorem Nat.not_le_of_gt {n m : Nat} (h : n > m) : ¬n ≤ m := fun k => Nat.lt_irrefl m (Nat.lt_of_lt_of_le h k)
theorem Nat.not_le_of_lt {a b : Nat} (h : a < b) : ¬b ≤ a := fun k => Nat.lt_irrefl a (Nat.lt_of_lt_of_le h k)
theorem Nat.not_lt_of_le {a b : Nat} (h : a ≤ b) : ¬b < a := fun k => Nat.lt_irrefl a (Nat.lt_of_le_of_lt h k)
theorem Nat.not_lt_of_ge {a b : Nat} (h : b ≥ a) : ¬b < a := fun k => Nat.lt_irrefl a (Nat.lt_of_le_of_lt h k)
theorem Nat.lt_asymm {a b : Nat} (h : a < b) : ¬b < a := fun k => Nat.lt_irrefl a (Nat.lt_trans h k)
theorem Nat.lt_of_not_le {a b : Nat} (h : ¬a ≤ b) : b < a := (Nat.lt_or_ge b a).elim id (fun k => absurd k h)
theorem Nat.le_of_not_lt {a b : Nat} (h : ¬a < b) : b ≤ a := (Nat.lt_or_ge a b).elim (fun k => absurd k h) id
theorem Nat.ge_of_not_lt {n m : Nat} (h : ¬n < m) : n ≥ m := Nat.le_of_not_lt h
theorem Nat.gt_of_not_le {n m : Nat} (h : ¬n ≤ m) : n > m := Nat.lt_of_not_le h
theorem Nat.le_of_not_le {a b : Nat} (h : ¬b ≤ a) : a ≤ b := (Nat.le_total a b).elim id (fun k => absurd k h)
theorem Nat.not_le {n m : Nat} : ¬n ≤ m ↔ m < n := ⟨Nat.lt_of_not_le, Nat.not_le_of_lt⟩
theorem Nat.not_lt {n m : Nat} : ¬n < m ↔ m ≤ n := ⟨Nat.le_of_not_lt, Nat.not_lt_of_le⟩
theorem Nat.pos_of_ne_zero {n : Nat} (h : n ≠ 0) : 0 < n := (Nat.eq_or_lt_of_le (Nat.zero_le n)).elim (fun e => absurd e.symm h) id
theorem Nat.zero_lt_of_ne_zero {n : Nat} (h : n ≠ 0) : 0 < n := Nat.pos_of_ne_zero h
theorem Nat.ne_zero_of_lt {a b : Nat} (h : b < a) : a ≠ 0 := fun e => Nat.not_lt_zero b (e ▸ h)
theorem Nat.pos_iff_ne_zero {n : Nat} : 0 < n ↔ n ≠ 0 := ⟨Nat.ne_of_gt, Nat.pos_of_ne_zero⟩
theorem Nat.eq_zero_or_pos (n : Nat) : n = 0 ∨ 0 < n := (Nat.eq_or_lt_of_le (Nat.zero_le n)).imp Eq.symm id
theorem Nat.zero_pow {n : Nat} (H : 0 < n) : 0 ^ n = 0 := by
  cases n with
  | zero => exact absurd H (Nat.lt_irrefl 0)
  | succ n => rfl

@[simp] theorem Nat.le_add_right (n k : Nat) : n ≤ n + k := by
  induction k with
  | zero => exact Nat.le.refl
  | succ k ih => exact Nat.le.step ih
@[simp] theorem Nat.le_add_left (n m : Nat) : n ≤ m + n := Nat.add_comm n m ▸ Nat.le_add_right n m
theorem Nat.le.intro {n m k : Nat} (h : n + k = m) : n ≤ m := h ▸ Nat.le_add_right n k
theorem Nat.le.dest {n m : Nat} (h : n ≤ m) : ∃ k, n + k = m := by
  induction h with
  | refl => exact ⟨0, rfl⟩
  | step h ih => exact ih.elim (fun k hk => ⟨k + 1, congrArg Nat.succ hk⟩)
theorem Nat.exists_eq_add_of_le {m n : Nat} (h : m ≤ n) : ∃ k, n = m + k := (Nat.le.dest h).elim (fun k hk => ⟨k, hk.symm⟩)
theorem Nat.le_iff_exists_add {m n : Nat} : m ≤ n ↔ ∃ k, n = m + k := ⟨Nat.exists_eq_add_of_le, fun ⟨_, h⟩ => Nat.le.intro h.symm⟩
theorem Nat.add_le_add_left {n m : Nat} (h : n ≤ m) (k : Nat) : k + n ≤ k + m := by
  induction h with
  | refl => exact Nat.le.refl
  | step h ih => exact Nat.le.step ih
theorem Nat.add_le_add_right {n m : Nat} (h : n ≤ m) (k : Nat) : n + k ≤ m + k := by
  rw [Nat.add_comm n k, Nat.add_comm m k]
  exact Nat.add_le_add_left h k
theorem Nat.add_le_add {a b c d : Nat} (h₁ : a ≤ b) (h₂ : c ≤ d) : a + c ≤ b + d :=
  Nat.le_trans (Nat.add_le_add_right h₁ c) (Nat.add_le_add_left h₂ b)
theorem Nat.add_lt_add_left {n m : Nat} (h : n < m) (k : Nat) : k + n < k + m := Nat.add_le_add_left h k
theorem Nat.add_lt_add_right {n m : Nat} (h : n < m) (k : Nat) : n + k < m + k := by
  rw [Nat.add_comm n k, Nat.add_comm m k]
  exact Nat.add_lt_add_left h k
theorem Nat.add_lt_add {a b c d : Nat} (h₁ : a < b) (h₂ : c < d) : a + c < b + d :=
  Nat.lt_trans (Nat.add_lt_add_right h₁ c) (Nat.add_lt_add_left h₂ b)
theorem Nat.le_of_add_le_add_left {a b c : Nat} (h : a + b ≤ a + c) : b ≤ c := by
  induction a with
  | zero => rw [Nat.zero_add, Nat.zero_add] at h; exact h
  | succ a ih => rw [Nat.succ_add, Nat.succ_add] at h; exact ih (Nat.le_of_succ_le_succ h)
theorem Nat.le_of_add_le_add_right {a b c : Nat} (h : a + b ≤ c + b) : a ≤ c := by
  rw [Nat.add_comm a b, Nat.add_comm c b] at h
  exact Nat.le_of_add_le_add_left h
theorem Nat.add_le_add_iff_left {m k n : Nat} : n + m ≤ n + k ↔ m ≤ k := ⟨Nat.le_of_add_le_add_left, fun h => Nat.add_le_add_left h n⟩
theorem Nat.add_le_add_iff_right {m k n : Nat} : m + n ≤ k + n ↔ m ≤ k := ⟨Nat.le_of_add_le_add_right, fun h => Nat.add_le_add_right h n⟩
theorem Nat.lt_add_of_pos_right {n k : Nat} (h : 0 < k) : n < n + k := Nat.add_lt_add_left h n
theorem Nat.lt_add_of_pos_left {n k : Nat} (h : 0 < k) : n < k + n := Nat.add_comm n k ▸ Nat.lt_add_of_pos_right h
theorem Nat.mul_le_mul_left {m n : Nat} (k : Nat) (h : m ≤ n) : k * m ≤ k * n := by
  induction h with
  | refl => exact Nat.le.refl
  | step h ih => exact Nat.le_trans ih (Nat.le_add_right _ _)
theorem Nat.mul_le_mul_right {m n : Nat} (k : Nat) (h : m ≤ n) : m * k ≤ n * k := by
  rw [Nat.mul_comm m k, Nat.mul_comm n k]
  exact Nat.mul_le_mul_left k h
theorem Nat.mul_le_mul {p q m n : Nat} (h₁ : p ≤ m) (h₂ : q ≤ n) : p * q ≤ m * n :=
  Nat.le_trans (Nat.mul_le_mul_right q h₁) (Nat.mul_le_mul_left m h₂)
theorem Nat.mul_pos {n m : Nat} (ha : 0 < n) (hb : 0 < m) : 0 < n * m := by
  cases m with
  | zero => exact absurd hb (Nat.lt_irrefl 0)
  | succ m => exact Nat.lt_of_lt_of_le ha (Nat.le_add_left n (n * m))
theorem Nat.mul_lt_mul_of_pos_left {n m k : Nat} (h : n < m) (hk : 0 < k) : k * n < k * m :=
  Nat.lt_of_lt_of_le (Nat.lt_add_of_pos_right hk) (Nat.mul_le_mul_left k h)
theorem Nat.eq_of_mul_eq_mul_left {m k n : Nat} (hn : 0 < n) (h : n * m = n * k) : m = k := by
  rcases Nat.lt_trichotomy m k with a | a | a
  · exact absurd h (Nat.ne_of_lt (Nat.mul_lt_mul_of_pos_left a hn))
  · exact a
  · exact absurd h.symm (Nat.ne_of_lt (Nat.mul_lt_mul_of_pos_left a hn))
theorem Nat.eq_of_mul_eq_mul_right {n m k : Nat} (hm : 0 < m) (h : n * m = k * m) : n = k := by
  rw [Nat.mul_comm n m, Nat.mul_comm k m] at h
  exact Nat.eq_of_mul_eq_mul_left hm h

-- Subtraction.
@[simp] theorem Nat.sub_zero (n : Nat) : n - 0 = n := rfl
theorem Nat.sub_succ (n m : Nat) : n - Nat.succ m = Nat.pred (n - m) := rfl
theorem Nat.succ_sub_succ (n m : Nat) : Nat.succ n - Nat.succ m = n - m := by
  induction m with
  | zero => rfl
  | succ m ih => exact congrArg Nat.pred ih
theorem Nat.succ_sub_succ_eq_sub (n m : Nat) : Nat.succ n - Nat.succ m = n - m := Nat.succ_sub_succ n m
theorem Nat.add_sub_add_right (n k m : Nat) : (n + k) - (m + k) = n - m := by
  induction k with
  | zero => rfl
  | succ k ih => exact (Nat.succ_sub_succ (n + k) (m + k)).trans ih
theorem Nat.add_sub_add_left (k n m : Nat) : (k + n) - (k + m) = n - m := by
  rw [Nat.add_comm k n, Nat.add_comm k m, Nat.add_sub_add_right]
@[simp] theorem Nat.zero_sub (n : Nat) : 0 - n = 0 := by
  induction n with
  | zero => rfl
  | succ n ih => rw [Nat.sub_succ, ih]; rfl
@[simp] theorem Nat.sub_self (n : Nat) : n - n = 0 := by
  induction n with
  | zero => rfl
  | succ n ih => exact (Nat.succ_sub_succ n n).trans ih
@[simp] theorem Nat.add_sub_cancel {n m : Nat} : n + m - m = n := by
  induction m with
  | zero => rfl
  | succ m ih => exact (Nat.succ_sub_succ (n + m) m).trans ih
@[simp] theorem Nat.add_sub_cancel_left {n m : Nat} : n + m - n = m := by
  rw [Nat.add_comm, Nat.add_sub_cancel]
theorem Nat.sub_le (n m : Nat) : n - m ≤ n := by
  induction m with
  | zero => exact Nat.le.refl
  | succ m ih => exact Nat.le_trans (Nat.pred_le _) ih
theorem Nat.sub_eq_zero_of_le {n m : Nat} (h : n ≤ m) : n - m = 0 := by
  induction h with
  | refl => exact Nat.sub_self n
  | step h ih => rw [Nat.sub_succ, ih]; rfl
theorem Nat.add_sub_of_le {a b : Nat} (h : a ≤ b) : a + (b - a) = b := by
  rcases Nat.le.dest h with ⟨k, hk⟩
  rw [← hk, Nat.add_sub_cancel_left]
theorem Nat.sub_add_cancel {n m : Nat} (h : m ≤ n) : n - m + m = n := by
  rw [Nat.add_comm, Nat.add_sub_of_le h]
theorem Nat.sub_add_comm {n m k : Nat} (h : k ≤ n) : n + m - k = n - k + m := by
  rcases Nat.le.dest h with ⟨j, hj⟩
  rw [← hj, Nat.add_sub_cancel_left, Nat.add_assoc, Nat.add_sub_cancel_left]
theorem Nat.sub_sub (n m k : Nat) : n - m - k = n - (m + k) := by
  induction k with
  | zero => rfl
  | succ k ih => exact congrArg Nat.pred ih
theorem Nat.le_of_sub_eq_zero {n m : Nat} (h : n - m = 0) : n ≤ m := by
  rcases Nat.le_total n m with k | k
  · exact k
  · have e := Nat.add_sub_of_le k
    rw [h] at e
    exact Nat.le_of_eq e.symm
theorem Nat.sub_eq_zero_iff_le {n m : Nat} : n - m = 0 ↔ n ≤ m := ⟨Nat.le_of_sub_eq_zero, Nat.sub_eq_zero_of_le⟩
theorem Nat.sub_pos_of_lt {m n : Nat} (h : m < n) : 0 < n - m :=
  Nat.pos_of_ne_zero (fun e => Nat.not_le_of_lt h (Nat.le_of_sub_eq_zero e))

-- Strong induction.
theorem Nat.strongRecOn {motive : Nat → Prop} (n : Nat) (ind : ∀ n, (∀ m, m < n → motive m) → motive n) : motive n := by
  have key : ∀ k m, m < k → motive m := by
    intro k
    induction k with
    | zero => exact fun m h => absurd h (Nat.not_lt_zero m)
    | succ k ih => exact fun m h => ind m (fun j hj => ih j (Nat.lt_of_lt_of_le hj (Nat.le_of_lt_succ h)))
  exact ind n (fun m h => key n m h)

-- Decision.
theorem Nat.eq_of_beq_eq_true {n m : Nat} (h : Nat.beq n m = true) : n = m := by
  induction n generalizing m with
  | zero =>
    cases m with
    | zero => rfl
    | succ m => exact nomatch h
  | succ n ih =>
    cases m with
    | zero => exact nomatch h
    | succ m => exact congrArg Nat.succ (ih h)
theorem Nat.beq_refl (n : Nat) : Nat.beq n n = true := by
  induction n with
  | zero => rfl
  | succ n ih => exact ih
theorem Nat.ne_of_beq_eq_false {n m : Nat} (h : Nat.beq n m = false) : ¬n = m := by
  intro e
  rw [e, Nat.beq_refl] at h
  exact nomatch h
theorem Nat.le_of_ble_eq_true {n m : Nat} (h : Nat.ble n m = true) : n ≤ m := by
  induction n generalizing m with
  | zero => exact Nat.zero_le m
  | succ n ih =>
    cases m with
    | zero => exact nomatch h
    | succ m => exact Nat.succ_le_succ (ih h)
theorem Nat.ble_eq_true_of_le {n m : Nat} (h : n ≤ m) : Nat.ble n m = true := by
  induction n generalizing m with
  | zero => cases m <;> rfl
  | succ n ih =>
    cases m with
    | zero => exact absurd h (Nat.not_succ_le_zero n)
    | succ m => exact ih (Nat.le_of_succ_le_succ h)
theorem Nat.not_le_of_ble_eq_false {n m : Nat} (h : Nat.ble n m = false) : ¬n ≤ m := by
  intro e
  rw [Nat.ble_eq_true_of_le e] at h
  exact nomatch h
def Nat.decEq (n m : Nat) : Decidable (n = m) :=
  Bool.rec (motive := fun b => Nat.beq n m = b → Decidable (n = m))
    (fun h => Decidable.isFalse (Nat.ne_of_beq_eq_false h)) (fun h => Decidable.isTrue (Nat.eq_of_beq_eq_true h))
    (Nat.beq n m) rfl
instance instDecidableEqNat (n m : Nat) : Decidable (n = m) := Nat.decEq n m
instance Nat.decLe (n m : Nat) : Decidable (n ≤ m) :=
  Bool.rec (motive := fun b => Nat.ble n m = b → Decidable (n ≤ m))
    (fun h => Decidable.isFalse (Nat.not_le_of_ble_eq_false h)) (fun h => Decidable.isTrue (Nat.le_of_ble_eq_true h))
    (Nat.ble n m) rfl
instance Nat.decLt (n m : Nat) : Decidable (n < m) := Nat.decLe (n + 1) m
