-- Division, divisibility, minimum and maximum, and more about order and products.

theorem Nat.one_pos : 0 < 1 := Nat.zero_lt_one
theorem Nat.two_pos : 0 < 2 := by omega
theorem Nat.add_one_pos (n : Nat) : 0 < n + 1 := Nat.succ_pos n
theorem Nat.zero_lt_of_lt {a b : Nat} (h : a < b) : 0 < b := by omega
theorem Nat.pred_lt {n : Nat} (h : n ≠ 0) : Nat.pred n < n := by
  cases n with
  | zero => exact absurd rfl h
  | succ n => exact Nat.le_refl (n + 1)
theorem Nat.pred_lt_self {n : Nat} (h : 0 < n) : Nat.pred n < n := Nat.pred_lt (Nat.ne_of_gt h)
theorem Nat.succ_pred {a : Nat} (h : a ≠ 0) : Nat.succ (Nat.pred a) = a := by
  cases a with
  | zero => exact absurd rfl h
  | succ a => rfl
theorem Nat.succ_pred_eq_of_pos {n : Nat} (h : 0 < n) : Nat.succ (Nat.pred n) = n := Nat.succ_pred (Nat.ne_of_gt h)
theorem Nat.sub_one_add_one {a : Nat} (h : a ≠ 0) : a - 1 + 1 = a := by omega
theorem Nat.pred_eq_sub_one {n : Nat} : Nat.pred n = n - 1 := rfl
theorem Nat.sub_one (n : Nat) : n - 1 = Nat.pred n := rfl
theorem Nat.add_one_inj {a b : Nat} : a + 1 = b + 1 ↔ a = b := Nat.succ_inj
theorem Nat.add_one_le_iff {n m : Nat} : n + 1 ≤ m ↔ n < m := Iff.rfl
theorem Nat.add_one_le_add_one_iff {a b : Nat} : a + 1 ≤ b + 1 ↔ a ≤ b := Nat.succ_le_succ_iff
theorem Nat.add_one_lt_add_one_iff {a b : Nat} : a + 1 < b + 1 ↔ a < b := Nat.succ_lt_succ_iff
theorem Nat.lt_or_lt_of_ne {a b : Nat} (h : a ≠ b) : a < b ∨ b < a := by omega
theorem Nat.lt_of_not_ge {a b : Nat} (h : ¬b ≥ a) : b < a := by omega
theorem Nat.le_of_not_gt {a b : Nat} (h : ¬b > a) : b ≤ a := by omega
theorem Nat.le_or_eq_of_le_succ {m n : Nat} (h : m ≤ Nat.succ n) : m ≤ n ∨ m = Nat.succ n := by
  cases Nat.lt_or_eq_of_le h with
  | inl l => exact Or.inl (Nat.le_of_lt_succ l)
  | inr e => exact Or.inr e
theorem Nat.eq_zero_of_not_pos {n : Nat} (h : ¬0 < n) : n = 0 := by omega
theorem Nat.add_pos_left {m : Nat} (h : 0 < m) (n : Nat) : 0 < m + n := by omega
theorem Nat.add_pos_right {n : Nat} (m : Nat) (h : 0 < n) : 0 < m + n := by omega
theorem Nat.le_add_left_of_le {n m k : Nat} (h : n ≤ m) : n ≤ k + m := by omega
theorem Nat.sub_add_eq (a b c : Nat) : a - (b + c) = a - b - c := (Nat.sub_sub a b c).symm
theorem Nat.add_sub_cancel' {n m : Nat} (h : m ≤ n) : m + (n - m) = n := Nat.add_sub_of_le h
theorem Nat.succ_sub {m n : Nat} (h : n ≤ m) : Nat.succ m - n = Nat.succ (m - n) := by omega
theorem Nat.sub_ne_zero_of_lt {a b : Nat} (h : a < b) : b - a ≠ 0 := by omega
theorem Nat.sub_right_comm (m n k : Nat) : m - n - k = m - k - n := by rw [Nat.sub_sub, Nat.sub_sub, Nat.add_comm]
theorem Nat.sub_lt_self {a b : Nat} (h₀ : 0 < a) (h₁ : a ≤ b) : b - a < b := by omega
theorem Nat.sub_lt_sub_left {k m n : Nat} (h₁ : k < m) (h₂ : k < n) : m - n < m - k := by omega
theorem Nat.le_sub_one_of_lt {n m : Nat} (h : n < m) : n ≤ m - 1 := by omega
theorem Nat.sub_eq_zero_of_lt {n m : Nat} (h : n < m) : n - m = 0 := by omega
theorem Nat.lt_sub_of_add_lt {a b c : Nat} (h : a + b < c) : a < c - b := by omega
theorem Nat.add_lt_of_lt_sub {a b c : Nat} (h : a < c - b) : a + b < c := by omega
theorem Nat.le_sub_iff_add_le {a b c : Nat} (h : b ≤ c) : a ≤ c - b ↔ a + b ≤ c := by omega
theorem Nat.sub_le_iff_le_add {a b c : Nat} : a - b ≤ c ↔ a ≤ c + b := by omega

theorem Nat.le_mul_of_pos_right {n : Nat} (m : Nat) (h : 0 < n) : m ≤ m * n := by
  have e := Nat.mul_le_mul_left m h
  rw [Nat.mul_one] at e
  exact e
theorem Nat.le_mul_of_pos_left {n : Nat} (m : Nat) (h : 0 < n) : m ≤ n * m := by
  rw [Nat.mul_comm]
  exact Nat.le_mul_of_pos_right m h
theorem Nat.le_of_mul_le_mul_left {a b c : Nat} (h : c * a ≤ c * b) (hc : 0 < c) : a ≤ b := by
  cases Nat.lt_or_ge b a with
  | inr k => exact k
  | inl k => exact absurd h (Nat.not_le_of_lt (Nat.mul_lt_mul_of_pos_left k hc))
theorem Nat.le_of_mul_le_mul_right {a b c : Nat} (h : a * c ≤ b * c) (hc : 0 < c) : a ≤ b := by
  rw [Nat.mul_comm a c, Nat.mul_comm b c] at h
  exact Nat.le_of_mul_le_mul_left h hc
theorem Nat.lt_of_mul_lt_mul_left {a b c : Nat} (h : a * b < a * c) : b < c := by
  cases Nat.lt_or_ge b c with
  | inl k => exact k
  | inr k => exact absurd h (Nat.not_lt_of_le (Nat.mul_le_mul_left a k))
theorem Nat.lt_of_mul_lt_mul_right {a b c : Nat} (h : b * a < c * a) : b < c := by
  rw [Nat.mul_comm b a, Nat.mul_comm c a] at h
  exact Nat.lt_of_mul_lt_mul_left h
theorem Nat.mul_lt_mul_of_pos_right {n m k : Nat} (h : n < m) (hk : 0 < k) : n * k < m * k := by
  rw [Nat.mul_comm n k, Nat.mul_comm m k]
  exact Nat.mul_lt_mul_of_pos_left h hk
theorem Nat.mul_lt_mul_left {a b c : Nat} (a0 : 0 < a) : a * b < a * c ↔ b < c := ⟨Nat.lt_of_mul_lt_mul_left, fun h => Nat.mul_lt_mul_of_pos_left h a0⟩
theorem Nat.mul_lt_mul_right {a b c : Nat} (a0 : 0 < a) : b * a < c * a ↔ b < c := ⟨Nat.lt_of_mul_lt_mul_right, fun h => Nat.mul_lt_mul_of_pos_right h a0⟩
theorem Nat.mul_self_lt_mul_self {m n : Nat} (h : m < n) : m * m < n * n :=
  Nat.lt_of_le_of_lt (Nat.mul_le_mul_left m (Nat.le_of_lt h)) (Nat.mul_lt_mul_of_pos_right h (Nat.zero_lt_of_lt h))
theorem Nat.mul_ne_zero {n m : Nat} (hn : n ≠ 0) (hm : m ≠ 0) : n * m ≠ 0 := fun h => (Nat.eq_zero_of_mul_eq_zero h).elim hn hm
theorem Nat.pow_succ' {m n : Nat} : m ^ (n + 1) = m * m ^ n := by rw [Nat.pow_succ, Nat.mul_comm]
theorem Nat.pow_le_pow_right {n m k : Nat} (h : 0 < n) (hmk : m ≤ k) : n ^ m ≤ n ^ k := by
  induction hmk with
  | refl => exact Nat.le_refl _
  | step _ ih => exact Nat.le_trans ih (Nat.le_mul_of_pos_right _ h)
theorem Nat.pow_pos {a n : Nat} (h : 0 < a) : 0 < a ^ n := by
  induction n with
  | zero => exact Nat.one_pos
  | succ n ih => exact Nat.mul_pos ih h
theorem Nat.two_pow_pos (w : Nat) : 0 < 2 ^ w := Nat.pow_pos Nat.two_pos
theorem Nat.lt_two_pow_self {n : Nat} : n < 2 ^ n := by
  induction n with
  | zero => exact Nat.one_pos
  | succ n ih =>
    rw [Nat.pow_succ]
    omega
theorem Nat.pow_lt_pow_succ {a n : Nat} (h : 1 < a) : a ^ n < a ^ (n + 1) := by
  have p : 0 < a ^ n := Nat.pow_pos (Nat.lt_trans Nat.one_pos h)
  have e := Nat.mul_lt_mul_of_pos_left h p
  rw [Nat.mul_one] at e
  exact e

theorem Nat.dvd_refl (a : Nat) : a ∣ a := ⟨1, (Nat.mul_one a).symm⟩
theorem Nat.dvd_zero (a : Nat) : a ∣ 0 := ⟨0, rfl⟩
theorem Nat.one_dvd (n : Nat) : 1 ∣ n := ⟨n, (Nat.one_mul n).symm⟩
theorem Nat.dvd_mul_right (a b : Nat) : a ∣ a * b := ⟨b, rfl⟩
theorem Nat.dvd_mul_left (a b : Nat) : a ∣ b * a := ⟨b, Nat.mul_comm b a⟩
theorem Nat.dvd_trans {a b c : Nat} (h₁ : a ∣ b) (h₂ : b ∣ c) : a ∣ c :=
  h₁.elim (fun k hk => h₂.elim (fun l hl => ⟨k * l, by rw [hl, hk, Nat.mul_assoc]⟩))
theorem Nat.dvd_mul_right_of_dvd {a b : Nat} (h : a ∣ b) (c : Nat) : a ∣ b * c := Nat.dvd_trans h (Nat.dvd_mul_right b c)
theorem Nat.dvd_mul_left_of_dvd {a b : Nat} (h : a ∣ b) (c : Nat) : a ∣ c * b := Nat.dvd_trans h (Nat.dvd_mul_left b c)
theorem Nat.dvd_add {m n k : Nat} (h₁ : k ∣ m) (h₂ : k ∣ n) : k ∣ m + n :=
  h₁.elim (fun a ha => h₂.elim (fun b hb => ⟨a + b, by rw [ha, hb, Nat.mul_add]⟩))
theorem Nat.dvd_sub {k m n : Nat} (h₁ : k ∣ m) (h₂ : k ∣ n) : k ∣ m - n := by
  rcases h₁ with ⟨a, rfl⟩
  rcases h₂ with ⟨b, rfl⟩
  cases Nat.le_total b a with
  | inr h => exact ⟨0, Nat.sub_eq_zero_of_le (Nat.mul_le_mul_left k h)⟩
  | inl h =>
    have e : k * a = k * b + k * (a - b) := by rw [← Nat.mul_add, Nat.add_sub_of_le h]
    exact ⟨a - b, by rw [e, Nat.add_sub_cancel_left]⟩
theorem Nat.zero_dvd {n : Nat} : 0 ∣ n ↔ n = 0 :=
  ⟨fun h => h.elim (fun c hc => hc.trans (Nat.zero_mul c)), fun h => ⟨0, h⟩⟩
theorem Nat.eq_zero_of_zero_dvd {a : Nat} (h : 0 ∣ a) : a = 0 := Nat.zero_dvd.mp h
theorem Nat.le_of_dvd {m n : Nat} (h1 : 0 < n) (h : m ∣ n) : m ≤ n := by
  rcases h with ⟨k, hk⟩
  cases k with
  | zero => exact absurd (hk.trans (Nat.mul_zero m)) (Nat.ne_of_gt h1)
  | succ k =>
    rw [hk, Nat.mul_succ]
    exact Nat.le_add_left m (m * k)
theorem Nat.dvd_antisymm {m n : Nat} (h₁ : m ∣ n) (h₂ : n ∣ m) : m = n := by
  cases n with
  | zero => exact Nat.eq_zero_of_zero_dvd h₂
  | succ n =>
    cases m with
    | zero => exact (Nat.eq_zero_of_zero_dvd h₁).symm
    | succ m => exact Nat.le_antisymm (Nat.le_of_dvd (Nat.succ_pos n) h₁) (Nat.le_of_dvd (Nat.succ_pos m) h₂)
theorem Nat.dvd_one {n : Nat} : n ∣ 1 ↔ n = 1 := ⟨fun h => Nat.dvd_antisymm h (Nat.one_dvd n), fun h => by rw [h]; exact Nat.dvd_refl 1⟩

theorem Nat.div_unique' {a b q r : Nat} (h : a = b * q + r) (hr : r < b) : a / b = q := by
  have lower := Nat.mul_div_le a b
  have upper := Nat.lt_mul_div_add a (Nat.zero_lt_of_lt hr)
  apply Nat.le_antisymm
  · apply Nat.le_of_lt_succ
    apply Nat.lt_of_mul_lt_mul_left (a := b)
    rw [Nat.mul_succ]
    omega
  · apply Nat.le_of_lt_succ
    apply Nat.lt_of_mul_lt_mul_left (a := b)
    rw [Nat.mul_succ]
    omega
theorem Nat.mod_unique' {a b q r : Nat} (h : a = b * q + r) (hr : r < b) : a % b = r := by
  have e := Nat.div_add_mod a b
  rw [Nat.div_unique' h hr] at e
  omega
theorem Nat.div_eq_of_lt {a b : Nat} (h₀ : a < b) : a / b = 0 := Nat.div_unique' (r := a) (by rw [Nat.mul_zero, Nat.zero_add]) h₀
theorem Nat.mod_eq_of_lt {a b : Nat} (h : a < b) : a % b = a := Nat.mod_unique' (q := 0) (by rw [Nat.mul_zero, Nat.zero_add]) h
@[simp] theorem Nat.zero_div (b : Nat) : 0 / b = 0 := by
  cases b with
  | zero => exact Nat.div_zero 0
  | succ b => exact Nat.div_eq_of_lt (Nat.succ_pos b)
@[simp] theorem Nat.zero_mod (b : Nat) : 0 % b = 0 := by
  cases b with
  | zero => exact Nat.mod_zero 0
  | succ b => exact Nat.mod_eq_of_lt (Nat.succ_pos b)
theorem Nat.mul_div_cancel_left (m : Nat) {n : Nat} (H : 0 < n) : n * m / n = m := Nat.div_unique' (r := 0) rfl H
theorem Nat.mul_div_cancel (m : Nat) {n : Nat} (H : 0 < n) : m * n / n = m := by
  rw [Nat.mul_comm]
  exact Nat.mul_div_cancel_left m H
theorem Nat.mul_mod_right (x z : Nat) : x * z % x = 0 := by
  cases x with
  | zero => rw [Nat.mod_zero, Nat.zero_mul]
  | succ x => exact Nat.mod_unique' (q := z) rfl (Nat.succ_pos x)
theorem Nat.mul_mod_left (x z : Nat) : x * z % z = 0 := by
  rw [Nat.mul_comm]
  exact Nat.mul_mod_right z x
@[simp] theorem Nat.mod_self (n : Nat) : n % n = 0 := by
  have e := Nat.mul_mod_right n 1
  rw [Nat.mul_one] at e
  exact e
@[simp] theorem Nat.mod_one (x : Nat) : x % 1 = 0 := by omega
@[simp] theorem Nat.div_one (n : Nat) : n / 1 = n := by omega
theorem Nat.div_self {n : Nat} (h : 0 < n) : n / n = 1 := Nat.div_unique' (r := 0) (Nat.mul_one n).symm h
theorem Nat.add_mod_right (x z : Nat) : (x + z) % z = x % z := by
  cases z with
  | zero => rfl
  | succ z =>
    exact Nat.mod_unique' (q := x / (z + 1) + 1) (by rw [Nat.mul_add, Nat.mul_one, Nat.add_right_comm, Nat.div_add_mod]) (Nat.mod_lt x (Nat.succ_pos z))
theorem Nat.add_mod_left (x z : Nat) : (x + z) % x = z % x := by rw [Nat.add_comm, Nat.add_mod_right]
theorem Nat.add_mul_mod_self_left (a b n : Nat) : (a + b * n) % b = a % b := by
  induction n with
  | zero => rfl
  | succ n ih => rw [Nat.mul_succ, ← Nat.add_assoc, Nat.add_mod_right, ih]
theorem Nat.add_mul_mod_self_right (a b n : Nat) : (a + b * n) % n = a % n := by
  rw [Nat.mul_comm]
  exact Nat.add_mul_mod_self_left a n b
theorem Nat.mod_mod (a n : Nat) : (a % n) % n = a % n := by
  cases n with
  | zero => rw [Nat.mod_zero, Nat.mod_zero]
  | succ n => exact Nat.mod_eq_of_lt (Nat.mod_lt a (Nat.succ_pos n))
theorem Nat.add_mod (a b n : Nat) : (a + b) % n = ((a % n) + (b % n)) % n := by
  have e : a + b = a % n + b % n + n * (a / n + b / n) := by
    rw [Nat.mul_add, Nat.add_add_add_comm, Nat.mod_add_div, Nat.mod_add_div]
  have f := Nat.add_mul_mod_self_left (a % n + b % n) n (a / n + b / n)
  rw [← e] at f
  exact f
theorem Nat.mul_mod (a b n : Nat) : a * b % n = (a % n) * (b % n) % n := by
  have e : a * b = (a % n) * (b % n) + n * ((a % n) * (b / n) + (a / n) * b) := by
    have h1 : a * b = (a % n) * b + n * ((a / n) * b) := by rw [← Nat.mul_assoc, ← Nat.add_mul, Nat.mod_add_div]
    have h2 : (a % n) * b = (a % n) * (b % n) + n * ((a % n) * (b / n)) := by
      rw [Nat.mul_left_comm n, ← Nat.mul_add, Nat.mod_add_div]
    rw [h1, h2, Nat.mul_add, Nat.add_assoc]
  have f := Nat.add_mul_mod_self_left ((a % n) * (b % n)) n ((a % n) * (b / n) + (a / n) * b)
  rw [← e] at f
  exact f
theorem Nat.mod_eq_zero_of_dvd {m n : Nat} (h : m ∣ n) : n % m = 0 := h.elim (fun k hk => hk ▸ Nat.mul_mod_right m k)
theorem Nat.dvd_of_mod_eq_zero {k n : Nat} (h : n % k = 0) : k ∣ n := by
  have e := Nat.div_add_mod n k
  rw [h, Nat.add_zero] at e
  exact ⟨n / k, e.symm⟩
theorem Nat.dvd_iff_mod_eq_zero {k n : Nat} : k ∣ n ↔ n % k = 0 := ⟨Nat.mod_eq_zero_of_dvd, Nat.dvd_of_mod_eq_zero⟩
theorem Nat.mul_div_cancel' {n m : Nat} (H : n ∣ m) : n * (m / n) = m := by
  have e := Nat.div_add_mod m n
  rw [Nat.mod_eq_zero_of_dvd H, Nat.add_zero] at e
  exact e
theorem Nat.div_mul_cancel {n m : Nat} (H : n ∣ m) : m / n * n = m := by
  rw [Nat.mul_comm]
  exact Nat.mul_div_cancel' H
theorem Nat.div_mul_le_self (m n : Nat) : m / n * n ≤ m := by
  rw [Nat.mul_comm]
  exact Nat.mul_div_le m n
theorem Nat.add_div_right (x : Nat) {z : Nat} (H : 0 < z) : (x + z) / z = Nat.succ (x / z) :=
  Nat.div_unique' (r := x % z) (by rw [Nat.mul_succ, Nat.add_right_comm, Nat.div_add_mod]) (Nat.mod_lt x H)
instance Nat.decidable_dvd (m n : Nat) : Decidable (m ∣ n) :=
  Decidable.rec (motive := fun _ => Decidable (m ∣ n)) (fun h => Decidable.isFalse (fun d => h (Nat.mod_eq_zero_of_dvd d)))
    (fun h => Decidable.isTrue (Nat.dvd_of_mod_eq_zero h)) (Nat.decEq (n % m) 0)

def Nat.min (n m : Nat) : Nat := Bool.rec (motive := fun _ => Nat) m n (Nat.ble n m)
def Nat.max (n m : Nat) : Nat := Bool.rec (motive := fun _ => Nat) n m (Nat.ble n m)
theorem Nat.min_eq_left {a b : Nat} (h : a ≤ b) : Nat.min a b = a := by
  have e := Nat.ble_eq_true_of_le h
  show Bool.rec (motive := fun _ => Nat) b a (Nat.ble a b) = a
  rw [e]
theorem Nat.min_eq_right {a b : Nat} (h : b ≤ a) : Nat.min a b = b := by
  cases Nat.lt_or_eq_of_le h with
  | inr e => rw [e]; exact Nat.min_eq_left (Nat.le_refl a)
  | inl l =>
    cases e : Nat.ble a b with
    | true => exact absurd (Nat.le_of_ble_eq_true e) (Nat.not_le_of_lt l)
    | false =>
      show Bool.rec (motive := fun _ => Nat) b a (Nat.ble a b) = b
      rw [e]
theorem Nat.max_eq_right {a b : Nat} (h : a ≤ b) : Nat.max a b = b := by
  have e := Nat.ble_eq_true_of_le h
  show Bool.rec (motive := fun _ => Nat) a b (Nat.ble a b) = b
  rw [e]
theorem Nat.max_eq_left {a b : Nat} (h : b ≤ a) : Nat.max a b = a := by
  cases Nat.lt_or_eq_of_le h with
  | inr e => rw [e]; exact Nat.max_eq_right (Nat.le_refl a)
  | inl l =>
    cases e : Nat.ble a b with
    | true => exact absurd (Nat.le_of_ble_eq_true e) (Nat.not_le_of_lt l)
    | false =>
      show Bool.rec (motive := fun _ => Nat) a b (Nat.ble a b) = a
      rw [e]
theorem Lin.minSplit (a b : Nat) : (a ≤ b ∧ Nat.min a b = a) ∨ (b ≤ a ∧ Nat.min a b = b) :=
  (Nat.le_total a b).imp (fun h => ⟨h, Nat.min_eq_left h⟩) (fun h => ⟨h, Nat.min_eq_right h⟩)
theorem Lin.maxSplit (a b : Nat) : (a ≤ b ∧ Nat.max a b = b) ∨ (b ≤ a ∧ Nat.max a b = a) :=
  (Nat.le_total a b).imp (fun h => ⟨h, Nat.max_eq_right h⟩) (fun h => ⟨h, Nat.max_eq_left h⟩)
theorem Nat.min_le_left (a b : Nat) : Nat.min a b ≤ a := by
  rcases Lin.minSplit a b with ⟨h, e⟩ | ⟨h, e⟩ <;> rw [e]
  exact h
theorem Nat.min_le_right (a b : Nat) : Nat.min a b ≤ b := by
  rcases Lin.minSplit a b with ⟨h, e⟩ | ⟨h, e⟩ <;> rw [e]
  exact h
theorem Nat.le_max_left (a b : Nat) : a ≤ Nat.max a b := by
  rcases Lin.maxSplit a b with ⟨h, e⟩ | ⟨h, e⟩ <;> rw [e]
  exact h
theorem Nat.le_max_right (a b : Nat) : b ≤ Nat.max a b := by
  rcases Lin.maxSplit a b with ⟨h, e⟩ | ⟨h, e⟩ <;> rw [e]
  exact h
theorem Nat.le_min {a b c : Nat} : a ≤ Nat.min b c ↔ a ≤ b ∧ a ≤ c := by
  constructor
  · intro h
    exact ⟨Nat.le_trans h (Nat.min_le_left b c), Nat.le_trans h (Nat.min_le_right b c)⟩
  · rintro ⟨h₁, h₂⟩
    rcases Lin.minSplit b c with ⟨_, e⟩ | ⟨_, e⟩ <;> rw [e] <;> assumption
theorem Nat.max_le {a b c : Nat} : Nat.max a b ≤ c ↔ a ≤ c ∧ b ≤ c := by
  constructor
  · intro h
    exact ⟨Nat.le_trans (Nat.le_max_left a b) h, Nat.le_trans (Nat.le_max_right a b) h⟩
  · rintro ⟨h₁, h₂⟩
    rcases Lin.maxSplit a b with ⟨_, e⟩ | ⟨_, e⟩ <;> rw [e] <;> assumption
theorem Nat.le_min_of_le_of_le {a b c : Nat} (h₁ : a ≤ b) (h₂ : a ≤ c) : a ≤ Nat.min b c := Nat.le_min.mpr ⟨h₁, h₂⟩
theorem Nat.max_le_of_le_of_le {a b c : Nat} (h₁ : a ≤ c) (h₂ : b ≤ c) : Nat.max a b ≤ c := Nat.max_le.mpr ⟨h₁, h₂⟩
theorem Nat.min_comm (a b : Nat) : Nat.min a b = Nat.min b a :=
  Nat.le_antisymm (Nat.le_min.mpr ⟨Nat.min_le_right a b, Nat.min_le_left a b⟩) (Nat.le_min.mpr ⟨Nat.min_le_right b a, Nat.min_le_left b a⟩)
theorem Nat.max_comm (a b : Nat) : Nat.max a b = Nat.max b a :=
  Nat.le_antisymm (Nat.max_le.mpr ⟨Nat.le_max_right b a, Nat.le_max_left b a⟩) (Nat.max_le.mpr ⟨Nat.le_max_right a b, Nat.le_max_left a b⟩)
@[simp] theorem Nat.min_self (a : Nat) : Nat.min a a = a := Nat.min_eq_left (Nat.le_refl a)
@[simp] theorem Nat.max_self (a : Nat) : Nat.max a a = a := Nat.max_eq_left (Nat.le_refl a)
@[simp] theorem Nat.min_zero (a : Nat) : Nat.min a 0 = 0 := Nat.min_eq_right (Nat.zero_le a)
@[simp] theorem Nat.zero_min (a : Nat) : Nat.min 0 a = 0 := Nat.min_eq_left (Nat.zero_le a)
@[simp] theorem Nat.max_zero (a : Nat) : Nat.max a 0 = a := Nat.max_eq_left (Nat.zero_le a)
@[simp] theorem Nat.zero_max (a : Nat) : Nat.max 0 a = a := Nat.max_eq_right (Nat.zero_le a)
theorem Nat.min_assoc (a b c : Nat) : Nat.min (Nat.min a b) c = Nat.min a (Nat.min b c) := by
  apply Nat.le_antisymm
  · exact Nat.le_min.mpr ⟨Nat.le_trans (Nat.min_le_left _ c) (Nat.min_le_left a b), Nat.le_min.mpr ⟨Nat.le_trans (Nat.min_le_left _ c) (Nat.min_le_right a b), Nat.min_le_right _ c⟩⟩
  · exact Nat.le_min.mpr ⟨Nat.le_min.mpr ⟨Nat.min_le_left a _, Nat.le_trans (Nat.min_le_right a _) (Nat.min_le_left b c)⟩, Nat.le_trans (Nat.min_le_right a _) (Nat.min_le_right b c)⟩
theorem Nat.max_assoc (a b c : Nat) : Nat.max (Nat.max a b) c = Nat.max a (Nat.max b c) := by
  apply Nat.le_antisymm
  · exact Nat.max_le.mpr ⟨Nat.max_le.mpr ⟨Nat.le_max_left a _, Nat.le_trans (Nat.le_max_left b c) (Nat.le_max_right a _)⟩, Nat.le_trans (Nat.le_max_right b c) (Nat.le_max_right a _)⟩
  · exact Nat.max_le.mpr ⟨Nat.le_trans (Nat.le_max_left a b) (Nat.le_max_left _ c), Nat.max_le.mpr ⟨Nat.le_trans (Nat.le_max_right a b) (Nat.le_max_left _ c), Nat.le_max_right _ c⟩⟩
