-- Data: Bool, Option, Prod, List.

def Bool.not (b : Bool) : Bool := Bool.rec (motive := fun _ => Bool) true false b
def Bool.and (x y : Bool) : Bool := Bool.rec (motive := fun _ => Bool) false y x
def Bool.or (x y : Bool) : Bool := Bool.rec (motive := fun _ => Bool) y true x
def Bool.xor (x y : Bool) : Bool :=
  Bool.rec (motive := fun _ => Bool) (Bool.rec (motive := fun _ => Bool) false true y) (Bool.rec (motive := fun _ => Bool) true false y) x
def Bool.noConfusionType (P : Sort u) (v1 : Bool) : Bool → Sort u :=
  Bool.rec (motive := fun _ => Bool → Sort u)
    (fun v2 => Bool.rec (motive := fun _ => Sort u) (P → P) P v2)
    (fun v2 => Bool.rec (motive := fun _ => Sort u) P (P → P) v2) v1
def Bool.noConfusion {P : Sort u} {v1 v2 : Bool} (h : v1 = v2) : Bool.noConfusionType P v1 v2 :=
  Eq.rec (motive := fun w _ => Bool.noConfusionType P v1 w)
    (Bool.rec (motive := fun w => Bool.noConfusionType P w w) (fun p => p) (fun p => p) v1) h
def Bool.decEq (a b : Bool) : Decidable (a = b) :=
  Bool.rec (motive := fun x => Decidable (x = b))
    (Bool.rec (motive := fun y => Decidable (false = y)) (Decidable.isTrue rfl) (Decidable.isFalse (fun h => nomatch h)) b)
    (Bool.rec (motive := fun y => Decidable (true = y)) (Decidable.isFalse (fun h => nomatch h)) (Decidable.isTrue rfl) b) a
instance instDecidableEqBool (a b : Bool) : Decidable (a = b) := Bool.decEq a b
@[simp] theorem Bool.not_not (b : Bool) : (!!b) = b := by cases b <;> rfl
@[simp] theorem Bool.not_true : (!true) = false := rfl
@[simp] theorem Bool.not_false : (!false) = true := rfl
@[simp] theorem Bool.and_true (b : Bool) : (b && true) = b := by cases b <;> rfl
@[simp] theorem Bool.true_and (b : Bool) : (true && b) = b := rfl
@[simp] theorem Bool.and_false (b : Bool) : (b && false) = false := by cases b <;> rfl
@[simp] theorem Bool.false_and (b : Bool) : (false && b) = false := rfl
@[simp] theorem Bool.and_self (b : Bool) : (b && b) = b := by cases b <;> rfl
@[simp] theorem Bool.or_true (b : Bool) : (b || true) = true := by cases b <;> rfl
@[simp] theorem Bool.true_or (b : Bool) : (true || b) = true := rfl
@[simp] theorem Bool.or_false (b : Bool) : (b || false) = b := by cases b <;> rfl
@[simp] theorem Bool.false_or (b : Bool) : (false || b) = b := rfl
@[simp] theorem Bool.or_self (b : Bool) : (b || b) = b := by cases b <;> rfl
theorem Bool.and_comm (x y : Bool) : (x && y) = (y && x) := by cases x <;> cases y <;> rfl
theorem Bool.or_comm (x y : Bool) : (x || y) = (y || x) := by cases x <;> cases y <;> rfl
theorem Bool.and_assoc (x y z : Bool) : (x && y && z) = (x && (y && z)) := by cases x <;> rfl
theorem Bool.or_assoc (x y z : Bool) : (x || y || z) = (x || (y || z)) := by cases x <;> rfl
theorem Bool.not_and (x y : Bool) : (!(x && y)) = (!x || !y) := by cases x <;> rfl
theorem Bool.not_or (x y : Bool) : (!(x || y)) = (!x && !y) := by cases x <;> rfl
theorem Bool.false_ne_true : false ≠ true := fun h => Bool.noConfusion h
theorem Bool.eq_false_or_eq_true (b : Bool) : b = true ∨ b = false := by
  cases b
  · exact Or.inr rfl
  · exact Or.inl rfl
theorem Bool.eq_false_of_ne_true {b : Bool} (h : b ≠ true) : b = false := (Bool.eq_false_or_eq_true b).resolve_left h
theorem Bool.eq_true_of_ne_false {b : Bool} (h : b ≠ false) : b = true := (Bool.eq_false_or_eq_true b).resolve_right h

def Option.noConfusionType {α : Type v} (P : Sort u) (v1 v2 : Option α) : Sort u :=
  Option.rec (motive := fun _ => Sort u)
    (Option.rec (motive := fun _ => Sort u) (P → P) (fun _ => P) v2)
    (fun a => Option.rec (motive := fun _ => Sort u) P (fun b => (a = b → P) → P) v2) v1
def Option.noConfusion {α : Type v} {P : Sort u} {v1 v2 : Option α} (h : v1 = v2) : Option.noConfusionType P v1 v2 :=
  Eq.rec (motive := fun w _ => Option.noConfusionType P v1 w)
    (Option.rec (motive := fun w => Option.noConfusionType P w w) (fun p => p) (fun _ f => f rfl) v1) h
theorem Option.some.inj {α : Type u} {val val' : α} (h : some val = some val') : val = val' := by
  injection h with e
  exact e
theorem Option.some_ne_none {α : Type u} (x : α) : some x ≠ none := fun h => nomatch h
def Option.getD {α : Type u} (o : Option α) (d : α) : α := Option.rec (motive := fun _ => α) d (fun a => a) o
def Option.map {α : Type u} {β : Type v} (f : α → β) (o : Option α) : Option β :=
  Option.rec (motive := fun _ => Option β) none (fun a => some (f a)) o

theorem Prod.mk.inj {α : Type u} {β : Type v} {fst : α} {snd : β} {fst' : α} {snd' : β}
    (h : (fst, snd) = (fst', snd')) : fst = fst' ∧ snd = snd' := by
  injection h with h1 h2
  exact ⟨h1, h2⟩
theorem Prod.eta {α : Type u} {β : Type v} (p : α × β) : (p.1, p.2) = p := rfl
def Prod.swap {α : Type u} {β : Type v} (p : α × β) : β × α := (p.2, p.1)

def List.noConfusionType {α : Type v} (P : Sort u) (v1 v2 : List α) : Sort u :=
  List.rec (motive := fun _ => Sort u)
    (List.rec (motive := fun _ => Sort u) (P → P) (fun _ _ _ => P) v2)
    (fun a as _ => List.rec (motive := fun _ => Sort u) P (fun b bs _ => (a = b → as = bs → P) → P) v2) v1
def List.noConfusion {α : Type v} {P : Sort u} {v1 v2 : List α} (h : v1 = v2) : List.noConfusionType P v1 v2 :=
  Eq.rec (motive := fun w _ => List.noConfusionType P v1 w)
    (List.rec (motive := fun w => List.noConfusionType P w w) (fun p => p) (fun _ _ _ f => f rfl rfl) v1) h
def List.append {α : Type u} (xs ys : List α) : List α :=
  List.rec (motive := fun _ => List α) ys (fun a _ ih => a :: ih) xs
def List.length {α : Type u} (xs : List α) : Nat := List.rec (motive := fun _ => Nat) 0 (fun _ _ ih => ih + 1) xs
def List.map {α : Type u} {β : Type v} (f : α → β) (l : List α) : List β :=
  List.rec (motive := fun _ => List β) [] (fun a _ ih => f a :: ih) l
def List.reverseAux {α : Type u} (as : List α) : List α → List α :=
  List.rec (motive := fun _ => List α → List α) (fun r => r) (fun a _ ih r => ih (a :: r)) as
def List.reverse {α : Type u} (as : List α) : List α := List.reverseAux as []
def List.foldr {α : Type u} {β : Type v} (f : α → β → β) (init : β) (l : List α) : β :=
  List.rec (motive := fun _ => β) init (fun a _ ih => f a ih) l
def List.sum (l : List Nat) : Nat := List.rec (motive := fun _ => Nat) 0 (fun a _ ih => a + ih) l
theorem List.cons.inj {α : Type u} {head : α} {tail : List α} {head' : α} {tail' : List α}
    (h : head :: tail = head' :: tail') : head = head' ∧ tail = tail' := by
  injection h with h1 h2
  exact ⟨h1, h2⟩
theorem List.cons_ne_nil {α : Type u} (a : α) (l : List α) : a :: l ≠ [] := fun h => nomatch h
@[simp] theorem List.nil_append {α : Type u} (as : List α) : [] ++ as = as := rfl
@[simp] theorem List.cons_append {α : Type u} {a : α} {as bs : List α} : (a :: as) ++ bs = a :: (as ++ bs) := rfl
@[simp] theorem List.append_nil {α : Type u} (as : List α) : as ++ [] = as := by
  induction as with
  | nil => rfl
  | cons a as ih => exact congrArg (List.cons a) ih
@[simp] theorem List.append_assoc {α : Type u} (as bs cs : List α) : as ++ bs ++ cs = as ++ (bs ++ cs) := by
  induction as with
  | nil => rfl
  | cons a as ih => exact congrArg (List.cons a) ih
theorem List.singleton_append {α : Type u} {x : α} {l : List α} : [x] ++ l = x :: l := rfl
@[simp] theorem List.length_nil {α : Type u} : ([] : List α).length = 0 := rfl
@[simp] theorem List.length_cons {α : Type u} {a : α} {as : List α} : (a :: as).length = as.length + 1 := rfl
theorem List.length_singleton {α : Type u} {a : α} : [a].length = 1 := rfl
@[simp] theorem List.length_append {α : Type u} {as bs : List α} : (as ++ bs).length = as.length + bs.length := by
  induction as with
  | nil => exact (Nat.zero_add _).symm
  | cons a as ih => rw [List.cons_append, List.length_cons, ih, List.length_cons, Nat.succ_add]
@[simp] theorem List.map_nil {α : Type u} {β : Type v} {f : α → β} : List.map f [] = [] := rfl
@[simp] theorem List.map_cons {α : Type u} {β : Type v} {f : α → β} {a : α} {l : List α} :
    List.map f (a :: l) = f a :: List.map f l := rfl
@[simp] theorem List.map_append {α : Type u} {β : Type v} {f : α → β} {l₁ l₂ : List α} :
    List.map f (l₁ ++ l₂) = List.map f l₁ ++ List.map f l₂ := by
  induction l₁ with
  | nil => rfl
  | cons a as ih => exact congrArg (List.cons (f a)) ih
@[simp] theorem List.map_map {α : Type u} {β : Type v} {γ : Type w} {g : β → γ} {f : α → β} {l : List α} :
    List.map g (List.map f l) = List.map (g ∘ f) l := by
  induction l with
  | nil => rfl
  | cons a as ih => exact congrArg (List.cons (g (f a))) ih
@[simp] theorem List.map_id {α : Type u} (l : List α) : List.map id l = l := by
  induction l with
  | nil => rfl
  | cons a as ih => exact congrArg (List.cons a) ih
@[simp] theorem List.length_map {α : Type u} {β : Type v} {as : List α} (f : α → β) : (as.map f).length = as.length := by
  induction as with
  | nil => rfl
  | cons a as ih => exact congrArg (fun n => n + 1) ih
@[simp] theorem List.reverse_nil {α : Type u} : List.reverse ([] : List α) = [] := rfl
theorem List.reverseAux_nil {α : Type u} {r : List α} : List.reverseAux [] r = r := rfl
theorem List.reverseAux_cons {α : Type u} {a : α} {l r : List α} : List.reverseAux (a :: l) r = List.reverseAux l (a :: r) := rfl
theorem List.reverseAux_eq_append {α : Type u} {as bs : List α} : List.reverseAux as bs = List.reverseAux as [] ++ bs := by
  induction as generalizing bs with
  | nil => rfl
  | cons a as ih =>
    have h1 : List.reverseAux as (a :: bs) = List.reverseAux as [] ++ (a :: bs) := ih
    have h2 : List.reverseAux as [a] = List.reverseAux as [] ++ [a] := ih
    show List.reverseAux as (a :: bs) = List.reverseAux as [a] ++ bs
    rw [h1, h2, List.append_assoc]
    rfl
theorem List.reverseAux_eq {α : Type u} {as bs : List α} : List.reverseAux as bs = List.reverse as ++ bs := List.reverseAux_eq_append
@[simp] theorem List.reverse_cons {α : Type u} {a : α} {as : List α} : List.reverse (a :: as) = List.reverse as ++ [a] := by
  show List.reverseAux as [a] = List.reverseAux as [] ++ [a]
  exact List.reverseAux_eq_append
@[simp] theorem List.reverse_append {α : Type u} {as bs : List α} : List.reverse (as ++ bs) = List.reverse bs ++ List.reverse as := by
  induction as with
  | nil => exact (List.append_nil _).symm
  | cons a as ih => rw [List.cons_append, List.reverse_cons, ih, List.reverse_cons, List.append_assoc]
@[simp] theorem List.reverse_reverse {α : Type u} (as : List α) : List.reverse (List.reverse as) = as := by
  induction as with
  | nil => rfl
  | cons a as ih =>
    rw [List.reverse_cons, List.reverse_append, ih]
    rfl
@[simp] theorem List.length_reverse {α : Type u} {as : List α} : (List.reverse as).length = as.length := by
  induction as with
  | nil => rfl
  | cons a as ih => rw [List.reverse_cons, List.length_append, ih]; rfl
theorem List.map_reverse {α : Type u} {β : Type v} {f : α → β} {l : List α} :
    List.map f (List.reverse l) = List.reverse (List.map f l) := by
  induction l with
  | nil => rfl
  | cons a as ih => rw [List.reverse_cons, List.map_append, ih, List.map_cons, List.map_cons, List.reverse_cons]; rfl
@[simp] theorem List.sum_nil : List.sum [] = 0 := rfl
@[simp] theorem List.sum_cons {a : Nat} {l : List Nat} : List.sum (a :: l) = a + List.sum l := rfl
theorem List.length_eq_zero_iff {α : Type u} {l : List α} : l.length = 0 ↔ l = [] := by
  cases l with
  | nil => exact ⟨fun _ => rfl, fun _ => rfl⟩
  | cons a as => exact ⟨fun h => Nat.noConfusion h, fun h => nomatch h⟩
instance instInhabitedList {α : Type u} : Inhabited (List α) := Inhabited.mk []
instance instInhabitedOption {α : Type u} : Inhabited (Option α) := Inhabited.mk none
