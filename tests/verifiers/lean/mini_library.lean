prelude
set_option genCtorIdx false
set_option genInjectivity false
set_option genSizeOf false
universe u v
unsafe axiom lcErased : Type
unsafe axiom lcProof {α : Prop} : α
unsafe axiom lcAny : Type
unsafe axiom lcVoid : Type
set_option bootstrap.inductiveCheckResultingUniverse false in
inductive PUnit : Sort u where
  | unit : PUnit
abbrev Unit : Type := PUnit
@[match_pattern] abbrev Unit.unit : Unit := PUnit.unit
def id {α : Sort u} (a : α) : α := a
inductive True : Prop
  | intro : True
inductive False : Prop
def Not (a : Prop) : Prop := a → False
inductive Eq {α : Sort u} : α → α → Prop
  | refl (a : α) : Eq a a
abbrev Eq.ndrec.{u1, u2} {α : Sort u2} {a : α} {motive : α → Sort u1} (m : motive a) {b : α} (h : Eq a b) : motive b :=
  h.rec m
def Function.const {α : Sort u} (β : Sort v) (a : α) : β → α :=
  fun _ => a
inductive HEq {α : Sort u} (a : α) : {β : Sort u} → β → Prop
  | refl : HEq a a
axiom eq_of_heq {α : Sort u} {a a' : α} (h : HEq a a') : Eq a a'
theorem heq_of_eq {α : Sort u} {a a' : α} (h : Eq a a') : HEq a a' :=
  @Eq.rec α a (fun b _ => HEq a b) HEq.refl a' h
structure And (a b : Prop) : Prop where
  intro ::
  left : a
  right : b
inductive Or (a b : Prop) : Prop
  | inl (h : a) : Or a b
  | inr (h : b) : Or a b
inductive Nat : Type
  | zero : Nat
  | succ (n : Nat) : Nat
inductive Bool : Type
  | false : Bool
  | true : Bool
structure PProd (α : Sort u) (β : Sort v) where
  mk ::
  fst : α
  snd : β
structure String where
  ofNat :: (n : Nat)
inductive Lean.Name : Type
  | anonymous : Lean.Name
  | str (pre : Lean.Name) (str : String)
  | num (pre : Lean.Name) (i : Nat)
class OfNat (α : Type u) (_ : Nat) where
  ofNat : α
instance instOfNatNat (n : Nat) : OfNat Nat n where
  ofNat := n
axiom sorryAx (α : Sort u) (synthetic : Bool) : α
axiom axiomatic (α : Prop) : α
theorem sorryAx' (α : Prop) : α := sorryAx α Bool.false
