-- More of core's lemmas about Nat, mostly by omega.

theorem Nat.zero_eq : Nat.zero = 0 := rfl
theorem Nat.succ_eq_one_add (n : Nat) : Nat.succ n = 1 + n := (Nat.add_comm 1 n).symm
theorem Nat.mul_left_cancel {n m k : Nat} (np : 0 < n) (h : n * m = n * k) : m = k := Nat.eq_of_mul_eq_mul_left np h
theorem Nat.mul_right_cancel {n m k : Nat} (mp : 0 < m) (h : n * m = k * m) : n = k := Nat.eq_of_mul_eq_mul_right mp h
theorem Nat.lt_of_lt_of_eq {n m k : Nat} (h₁ : n < m) (h₂ : m = k) : n < k := by omega
theorem Nat.lt_of_eq_of_lt {n m k : Nat} (h₁ : n = m) (h₂ : m < k) : n < k := by omega
theorem Nat.lt_of_add_lt_add_left {n m k : Nat} (h : k + n < k + m) : n < m := by omega
theorem Nat.lt_of_add_lt_add_right {n m k : Nat} (h : n + k < m + k) : n < m := by omega
theorem Nat.add_lt_add_iff_left {n m k : Nat} : k + n < k + m ↔ n < m := by omega
theorem Nat.add_lt_add_iff_right {n m k : Nat} : n + k < m + k ↔ n < m := by omega
theorem Nat.add_lt_add_of_le_of_lt {a b c d : Nat} (hle : a ≤ b) (hlt : c < d) : a + c < b + d := by omega
theorem Nat.add_lt_add_of_lt_of_le {a b c d : Nat} (hlt : a < b) (hle : c ≤ d) : a + c < b + d := by omega
theorem Nat.le_of_add_right_le {n m k : Nat} (h : n + k ≤ m) : n ≤ m := by omega
theorem Nat.le_add_right_of_le {n m k : Nat} (h : n ≤ m) : n ≤ m + k := by omega
theorem Nat.lt_add_right {a b : Nat} (c : Nat) (h : a < b) : a < b + c := by omega
theorem Nat.lt_add_left {a b : Nat} (c : Nat) (h : a < b) : a < c + b := by omega
theorem Nat.succ_add_sub_one (n m : Nat) : Nat.succ n + m - 1 = n + m := by omega
theorem Nat.add_one_sub_one (n : Nat) : n + 1 - 1 = n := rfl
theorem Nat.succ_sub_one (n : Nat) : Nat.succ n - 1 = n := rfl
theorem Nat.sub_lt {n m : Nat} (h : 0 < n) (k : 0 < m) : n - m < n := by omega
theorem Nat.sub_one_lt {n : Nat} (h : n ≠ 0) : n - 1 < n := by omega
theorem Nat.le_sub_of_add_le {a b c : Nat} (h : a + b ≤ c) : a ≤ c - b := by omega
theorem Nat.add_le_of_le_sub {a b c : Nat} (hle : b ≤ c) (h : a ≤ c - b) : a + b ≤ c := by omega
theorem Nat.sub_le_of_le_add {a b c : Nat} (h : a ≤ b + c) : a - c ≤ b := by omega
theorem Nat.le_add_of_sub_le {a b c : Nat} (h : a - b ≤ c) : a ≤ c + b := by omega
theorem Nat.add_sub_assoc {m k : Nat} (h : k ≤ m) (n : Nat) : n + m - k = n + (m - k) := by omega
theorem Nat.sub_sub_self {n m : Nat} (h : m ≤ n) : n - (n - m) = m := by omega
theorem Nat.sub_le_sub_left {m n : Nat} (h : m ≤ n) (k : Nat) : k - n ≤ k - m := by omega
theorem Nat.sub_le_sub_right {m n : Nat} (h : m ≤ n) (k : Nat) : m - k ≤ n - k := by omega
theorem Nat.sub_eq_iff_eq_add {a b c : Nat} (h : b ≤ a) : a - b = c ↔ a = c + b := by omega
theorem Nat.eq_add_of_sub_eq {a b c : Nat} (hle : b ≤ a) (h : a - b = c) : a = c + b := by omega
theorem Nat.sub_eq_of_eq_add {a b c : Nat} (h : a = c + b) : a - b = c := by omega
theorem Nat.one_le_iff_ne_zero {n : Nat} : 1 ≤ n ↔ n ≠ 0 := by omega
theorem Nat.lt_one_iff {n : Nat} : n < 1 ↔ n = 0 := by omega
theorem Nat.le_one_iff_eq_zero_or_eq_one {n : Nat} : n ≤ 1 ↔ n = 0 ∨ n = 1 := by omega
theorem Nat.mod_two_eq_zero_or_one (n : Nat) : n % 2 = 0 ∨ n % 2 = 1 := by omega
theorem Nat.div_le_self (n k : Nat) : n / k ≤ n := by
  cases k with
  | zero => rw [Nat.div_zero]; exact Nat.zero_le n
  | succ k =>
    have h := Nat.mul_div_le n (k + 1)
    have g : 1 * (n / (k + 1)) ≤ (k + 1) * (n / (k + 1)) := Nat.mul_le_mul_right _ (Nat.succ_le_succ (Nat.zero_le k))
    rw [Nat.one_mul] at g
    exact Nat.le_trans g h
theorem Nat.mul_self_le_mul_self {m n : Nat} (h : m ≤ n) : m * m ≤ n * n := Nat.mul_le_mul h h
theorem Nat.pow_le_pow_left {m n : Nat} (h : m ≤ n) (i : Nat) : m ^ i ≤ n ^ i := by
  induction i with
  | zero => exact Nat.le_refl 1
  | succ i ih => exact Nat.mul_le_mul ih h
