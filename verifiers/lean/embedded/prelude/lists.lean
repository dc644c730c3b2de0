-- More about lists, booleans, options and pairs.

def List.filter {α : Type u} (p : α → Bool) (l : List α) : List α :=
  List.rec (motive := fun _ => List α) [] (fun a _ ih => Bool.rec (motive := fun _ => List α) ih (a :: ih) (p a)) l
def List.foldl {α : Type u} {β : Type v} (f : α → β → α) (init : α) (l : List β) : α :=
  List.rec (motive := fun _ => α → α) (fun a => a) (fun b _ ih a => ih (f a b)) l init
def List.replicate {α : Type u} (n : Nat) (a : α) : List α := Nat.rec (motive := fun _ => List α) [] (fun _ ih => a :: ih) n
def List.isEmpty {α : Type u} (l : List α) : Bool := List.rec (motive := fun _ => Bool) true (fun _ _ _ => false) l
def List.tail {α : Type u} (l : List α) : List α := List.rec (motive := fun _ => List α) [] (fun _ as _ => as) l
def List.flatten {α : Type u} (l : List (List α)) : List α := List.rec (motive := fun _ => List α) [] (fun as _ ih => as ++ ih) l

theorem List.cons.injEq {α : Type u} (head : α) (tail : List α) (head' : α) (tail' : List α) :
    (head :: tail = head' :: tail') = (head = head' ∧ tail = tail') :=
  propext ⟨List.cons.inj, fun h => by rw [h.1, h.2]⟩
theorem Option.some.injEq {α : Type u} (val : α) (val' : α) : (some val = some val') = (val = val') :=
  propext ⟨Option.some.inj, congrArg some⟩
theorem Prod.mk.injEq {α : Type u} {β : Type v} (fst : α) (snd : β) (fst' : α) (snd' : β) :
    ((fst, snd) = (fst', snd')) = (fst = fst' ∧ snd = snd') :=
  propext ⟨Prod.mk.inj, fun h => by rw [h.1, h.2]⟩
@[simp] theorem Simp.cons_injEq {α : Type u} (a : α) (as : List α) (b : α) (bs : List α) : (a :: as = b :: bs) = (a = b ∧ as = bs) := List.cons.injEq a as b bs
@[simp] theorem Simp.some_injEq {α : Type u} (a b : α) : (some a = some b) = (a = b) := Option.some.injEq a b
@[simp] theorem Simp.mk_injEq {α : Type u} {β : Type v} (a : α) (b : β) (c : α) (d : β) : ((a, b) = (c, d)) = (a = c ∧ b = d) := Prod.mk.injEq a b c d
@[simp] theorem Simp.cons_ne_nil {α : Type u} (a : α) (l : List α) : a :: l ≠ [] := List.cons_ne_nil a l
@[simp] theorem Simp.nil_ne_cons {α : Type u} (a : α) (l : List α) : [] ≠ a :: l := fun h => nomatch h
@[simp] theorem Simp.some_ne_none {α : Type u} (a : α) : some a ≠ none := fun h => nomatch h
@[simp] theorem Simp.none_ne_some {α : Type u} (a : α) : none ≠ some a := fun h => nomatch h
@[simp] theorem Simp.true_ne_false : true ≠ false := fun h => nomatch h
@[simp] theorem Simp.false_ne_true : false ≠ true := fun h => nomatch h
@[simp] theorem Simp.fst_mk {α : Type u} {β : Type v} (a : α) (b : β) : (a, b).1 = a := rfl
@[simp] theorem Simp.snd_mk {α : Type u} {β : Type v} (a : α) (b : β) : (a, b).2 = b := rfl
theorem Bool.true_eq_false : (true = false) = False := eq_false (fun h => nomatch h)
theorem Bool.false_eq_true : (false = true) = False := eq_false (fun h => nomatch h)
theorem Prod.ext {α : Type u} {β : Type v} {p q : α × β} (fst : p.1 = q.1) (snd : p.2 = q.2) : p = q := by
  cases p with
  | mk a b =>
    cases q with
    | mk c d =>
      have h₁ : a = c := fst
      have h₂ : b = d := snd
      rw [h₁, h₂]
theorem Prod.swap_swap {α : Type u} {β : Type v} (x : α × β) : Prod.swap (Prod.swap x) = x := by
  cases x with
  | mk a b => rfl

theorem List.foldr_nil {α : Type u} {β : Type v} {f : α → β → β} {b : β} : List.foldr f b [] = b := rfl
theorem List.foldr_cons {α : Type u} {β : Type v} {f : α → β → β} {b : β} {a : α} {l : List α} :
    List.foldr f b (a :: l) = f a (List.foldr f b l) := rfl
@[simp] theorem List.foldr_append {α : Type u} {β : Type v} {f : α → β → β} {b : β} {l l' : List α} :
    List.foldr f b (l ++ l') = List.foldr f (List.foldr f b l') l := by
  induction l with
  | nil => rfl
  | cons a as ih => exact congrArg (f a) ih
theorem List.foldl_nil {α : Type u} {β : Type v} {f : α → β → α} {b : α} : List.foldl f b [] = b := rfl
theorem List.foldl_cons {α : Type u} {β : Type v} {f : β → α → β} {b : β} {a : α} {l : List α} :
    List.foldl f b (a :: l) = List.foldl f (f b a) l := rfl
@[simp] theorem List.foldl_append {α : Type u} {β : Type v} {f : β → α → β} {b : β} {l l' : List α} :
    List.foldl f b (l ++ l') = List.foldl f (List.foldl f b l) l' := by
  induction l generalizing b with
  | nil => rfl
  | cons a as ih => exact ih
@[simp] theorem List.filter_nil {α : Type u} {p : α → Bool} : List.filter p [] = [] := rfl
theorem List.filter_cons_of_pos {α : Type u} {p : α → Bool} {a : α} {l : List α} (pa : p a = true) :
    List.filter p (a :: l) = a :: List.filter p l := by
  show Bool.rec (motive := fun _ => List α) (List.filter p l) (a :: List.filter p l) (p a) = _
  rw [pa]
theorem List.filter_cons_of_neg {α : Type u} {p : α → Bool} {a : α} {l : List α} (pa : ¬p a = true) :
    List.filter p (a :: l) = List.filter p l := by
  show Bool.rec (motive := fun _ => List α) (List.filter p l) (a :: List.filter p l) (p a) = _
  rw [Bool.eq_false_of_ne_true pa]
@[simp] theorem List.filter_append {α : Type u} {p : α → Bool} (l₁ l₂ : List α) :
    List.filter p (l₁ ++ l₂) = List.filter p l₁ ++ List.filter p l₂ := by
  induction l₁ with
  | nil => rfl
  | cons a as ih =>
    cases h : p a with
    | true => rw [List.cons_append, List.filter_cons_of_pos h, List.filter_cons_of_pos h, ih, List.cons_append]
    | false =>
      have n : ¬p a = true := fun e => Bool.noConfusion (h.symm.trans e)
      rw [List.cons_append, List.filter_cons_of_neg n, List.filter_cons_of_neg n, ih]
theorem List.length_filter_le {α : Type u} (p : α → Bool) (l : List α) : (List.filter p l).length ≤ l.length := by
  induction l with
  | nil => exact Nat.le_refl 0
  | cons a as ih =>
    cases h : p a with
    | true =>
      rw [List.filter_cons_of_pos h]
      exact Nat.succ_le_succ ih
    | false =>
      rw [List.filter_cons_of_neg (fun e => Bool.noConfusion (h.symm.trans e))]
      exact Nat.le_succ_of_le ih
@[simp] theorem List.replicate_zero {α : Type u} {a : α} : List.replicate 0 a = [] := rfl
theorem List.replicate_succ {α : Type u} {a : α} {n : Nat} : List.replicate (n + 1) a = a :: List.replicate n a := rfl
@[simp] theorem List.length_replicate {α : Type u} {n : Nat} {a : α} : (List.replicate n a).length = n := by
  induction n with
  | zero => rfl
  | succ n ih => exact congrArg Nat.succ ih
theorem List.append_cancel_left {α : Type u} {as bs cs : List α} (h : as ++ bs = as ++ cs) : bs = cs := by
  induction as with
  | nil => exact h
  | cons a as ih => exact ih (List.cons.inj h).2
theorem List.append_cancel_right {α : Type u} {as bs cs : List α} (h : as ++ bs = cs ++ bs) : as = cs := by
  have e := congrArg List.reverse h
  rw [List.reverse_append, List.reverse_append] at e
  have f := congrArg List.reverse (List.append_cancel_left e)
  rw [List.reverse_reverse, List.reverse_reverse] at f
  exact f
@[simp] theorem List.append_eq_nil_iff {α : Type u} {p q : List α} : p ++ q = [] ↔ p = [] ∧ q = [] := by
  cases p with
  | nil => exact ⟨fun h => ⟨rfl, h⟩, fun h => h.2⟩
  | cons a as => exact ⟨fun h => nomatch h, fun h => nomatch h.1⟩
theorem List.length_pos_iff {α : Type u} {l : List α} : 0 < l.length ↔ l ≠ [] := by
  cases l with
  | nil => exact ⟨fun h => absurd h (Nat.lt_irrefl 0), fun h => absurd rfl h⟩
  | cons a as => exact ⟨fun _ => List.cons_ne_nil a as, fun _ => Nat.succ_pos _⟩
theorem List.ne_nil_of_length_pos {α : Type u} {l : List α} (h : 0 < l.length) : l ≠ [] := List.length_pos_iff.mp h
theorem List.eq_nil_of_length_eq_zero {α : Type u} {l : List α} (h : l.length = 0) : l = [] := List.length_eq_zero_iff.mp h
theorem List.exists_cons_of_ne_nil {α : Type u} {l : List α} (h : l ≠ []) : ∃ b L, l = b :: L := by
  cases l with
  | nil => exact absurd rfl h
  | cons a as => exact ⟨a, as, rfl⟩
theorem List.append_inj {α : Type u} {s₁ s₂ t₁ t₂ : List α} (h : s₁ ++ t₁ = s₂ ++ t₂) (hl : s₁.length = s₂.length) : s₁ = s₂ ∧ t₁ = t₂ := by
  induction s₁ generalizing s₂ with
  | nil =>
    cases s₂ with
    | nil => exact ⟨rfl, h⟩
    | cons b bs => exact nomatch hl
  | cons a as ih =>
    cases s₂ with
    | nil => exact nomatch hl
    | cons b bs =>
      have p := List.cons.inj h
      have q := ih p.2 (Nat.succ.inj hl)
      exact ⟨by rw [p.1, q.1], q.2⟩
theorem List.sum_append {l₁ l₂ : List Nat} : List.sum (l₁ ++ l₂) = List.sum l₁ + List.sum l₂ := by
  induction l₁ with
  | nil => exact (Nat.zero_add _).symm
  | cons a as ih => rw [List.cons_append, List.sum_cons, ih, List.sum_cons, Nat.add_assoc]
theorem List.flatten_nil {α : Type u} : List.flatten ([] : List (List α)) = [] := rfl
theorem List.flatten_cons {α : Type u} {l : List α} {L : List (List α)} : List.flatten (l :: L) = l ++ List.flatten L := rfl
theorem List.map_id' {α : Type u} (l : List α) : List.map (fun a => a) l = l := List.map_id l
@[simp] theorem Option.map_none {α : Type u} {β : Type v} (f : α → β) : Option.map f none = none := rfl
@[simp] theorem Option.map_some {α : Type u} {β : Type v} (f : α → β) (x : α) : Option.map f (some x) = some (f x) := rfl
@[simp] theorem Option.getD_none {α : Type u} {a : α} : Option.getD none a = a := rfl
@[simp] theorem Option.getD_some {α : Type u} {a b : α} : Option.getD (some a) b = a := rfl
theorem Option.ne_none_iff_exists' {α : Type u} {o : Option α} : o ≠ none ↔ ∃ x, o = some x := by
  cases o with
  | none => exact ⟨fun h => absurd rfl h, fun h => h.elim (fun x e => nomatch e)⟩
  | some x => exact ⟨fun _ => ⟨x, rfl⟩, fun _ => Option.some_ne_none x⟩

@[simp] theorem Bool.and_eq_true (a b : Bool) : ((a && b) = true) = (a = true ∧ b = true) := by
  cases a
  · exact propext ⟨fun h => nomatch h, fun h => nomatch h.1⟩
  · exact propext ⟨fun h => ⟨rfl, h⟩, fun h => h.2⟩
@[simp] theorem Bool.or_eq_true (a b : Bool) : ((a || b) = true) = (a = true ∨ b = true) := by
  cases a
  · exact propext ⟨Or.inr, fun h => h.elim (fun e => nomatch e) id⟩
  · exact propext ⟨fun _ => Or.inl rfl, fun _ => rfl⟩
theorem Bool.and_eq_true_iff {x y : Bool} : (x && y) = true ↔ x = true ∧ y = true := Iff.of_eq (Bool.and_eq_true x y)
theorem Bool.or_eq_true_iff {x y : Bool} : (x || y) = true ↔ x = true ∨ y = true := Iff.of_eq (Bool.or_eq_true x y)
theorem Bool.and_left_comm (x y z : Bool) : (x && (y && z)) = (y && (x && z)) := by cases x <;> cases y <;> rfl
theorem Bool.or_left_comm (x y z : Bool) : (x || (y || z)) = (y || (x || z)) := by cases x <;> cases y <;> rfl
theorem Bool.and_or_distrib_left (x y z : Bool) : (x && (y || z)) = (x && y || x && z) := by cases x <;> rfl
theorem Bool.or_and_distrib_left (x y z : Bool) : (x || y && z) = ((x || y) && (x || z)) := by cases x <;> rfl
theorem Bool.and_or_distrib_right (x y z : Bool) : ((x || y) && z) = (x && z || y && z) := by cases x <;> cases y <;> cases z <;> rfl
theorem Bool.or_and_distrib_right (x y z : Bool) : (x && y || z) = ((x || z) && (y || z)) := by cases x <;> cases y <;> cases z <;> rfl
@[simp] theorem Bool.and_not_self (x : Bool) : (x && !x) = false := by cases x <;> rfl
@[simp] theorem Bool.not_and_self (x : Bool) : (!x && x) = false := by cases x <;> rfl
@[simp] theorem Bool.or_not_self (x : Bool) : (x || !x) = true := by cases x <;> rfl
@[simp] theorem Bool.not_or_self (x : Bool) : (!x || x) = true := by cases x <;> rfl
theorem Bool.not_eq_true (b : Bool) : (¬b = true) = (b = false) := by
  cases b
  · exact propext ⟨fun _ => rfl, fun _ h => nomatch h⟩
  · exact propext ⟨fun h => absurd rfl h, fun h => nomatch h⟩
theorem Bool.not_eq_false (b : Bool) : (¬b = false) = (b = true) := by
  cases b
  · exact propext ⟨fun h => absurd rfl h, fun h => nomatch h⟩
  · exact propext ⟨fun _ => rfl, fun _ h => nomatch h⟩
