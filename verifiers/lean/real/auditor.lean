import Lean
import Lean.Replay

/-!
Judges a compiled theorem without ever elaborating the text it came from.

Run in a process of its own with the paths of two `.olean` files: the task's (the statement, proved by `sorry`) and the
submission's. Their contents are read as data: no extension, macro, notation or initializer of theirs is loaded. The
submission's declarations are then sent to the kernel again, on top of what the task imports, and compared with the
task's. One line of JSON is printed behind a word that only the caller knows.
-/

open Lean

namespace AssayAuditor

/-- What a module file declares and imports. -/
structure Contents where
  imports : Array Name
  constants : Std.HashMap Name ConstantInfo

def load (path : System.FilePath) : IO (Contents × Array Import) := do
  let (data, _) ← readModuleData path
  let mut constants : Std.HashMap Name ConstantInfo := {}
  for info in data.constants do
    constants := constants.insert info.name info
  return ({ imports := data.imports.map (fun i => i.module), constants := constants }, data.imports)

def kindOf : ConstantInfo → String
  | .axiomInfo _ => "axiom"
  | .defnInfo _ => "def"
  | .thmInfo _ => "theorem"
  | .opaqueInfo _ => "opaque"
  | .quotInfo _ => "quot"
  | .inductInfo _ => "inductive"
  | .ctorInfo _ => "constructor"
  | .recInfo _ => "recursor"

def bodyOf : ConstantInfo → Option Expr
  | .defnInfo v => some v.value
  | .thmInfo v => some v.value
  | .opaqueInfo v => some v.value
  | _ => none

def constructorsOf : ConstantInfo → List Name
  | .inductInfo v => v.ctors
  | _ => []

/-- The kernel's word on the submission's declarations; throws what it refuses. -/
def replay (constants : Std.HashMap Name ConstantInfo) (base : Environment) : IO Unit := by
  first  -- its name, type and the order of its arguments have changed over the years
    | exact (do let _ ← base.toKernelEnv.replay constants; return ())
    | exact (do let _ ← Lean.Environment.replay constants base.toKernelEnv; return ())
    | exact (do let _ ← Lean.Environment.replay constants base; return ())

/-- Every axiom that a constant rests on, and why it cannot be told, if so. -/
def axiomsOf (find : Name → Option ConstantInfo) (start : Name) : Except String (Array Name) := do
  let mut seen : NameSet := {}
  let mut waiting : Array Name := #[start]
  let mut found : Array Name := #[]
  while !waiting.isEmpty do
    let name := waiting.back!
    waiting := waiting.pop
    if seen.contains name then
      continue
    seen := seen.insert name
    match find name with
    | none => throw s!"it rests on {name}, which is declared nowhere"
    | some info =>
      if info.isUnsafe || info.isPartial then
        throw s!"it rests on {name}, which is unsafe or partial"
      if let .axiomInfo _ := info then
        found := found.push name
      waiting := waiting ++ (constructorsOf info).toArray
      waiting := waiting ++ info.type.getUsedConstants
      if let some body := bodyOf info then
        waiting := waiting ++ body.getUsedConstants
  return found

/-- Whether two declarations are the same to the last term. -/
def same (a b : ConstantInfo) : Bool :=
  kindOf a == kindOf b && a.levelParams == b.levelParams && a.type == b.type && bodyOf a == bodyOf b
    && constructorsOf a == constructorsOf b

/-- Why the submission's theorem is not the task's: its kind, its type, or a constant that its type rests on and that
the file declares itself. -/
def statementDiffers (task given : Contents) (name : Name) : Option String := Id.run do
  let some wanted := task.constants[name]? | return some "the task's file lacks the theorem"
  let some made := given.constants[name]? | return some "the theorem is not there"
  unless kindOf wanted == "theorem" do return some "the task's file states no theorem"
  unless kindOf made == "theorem" do return some s!"it is no theorem but a {kindOf made}"
  unless wanted.levelParams == made.levelParams do return some "its universe levels differ from the task's"
  unless wanted.type == made.type do return some "its statement differs from the task's"
  let mut seen : NameSet := {}
  let mut waiting : Array Name := wanted.type.getUsedConstants
  while !waiting.isEmpty do
    let next := waiting.back!
    waiting := waiting.pop
    if seen.contains next then
      continue
    seen := seen.insert next
    match task.constants[next]?, given.constants[next]? with
    | none, none => continue
    | some one, some other =>
      unless same one other do return some s!"its statement rests on another {next} than the task's"
      waiting := waiting ++ (constructorsOf one).toArray
      waiting := waiting ++ one.type.getUsedConstants
      if let some body := bodyOf one then
        waiting := waiting ++ body.getUsedConstants
    | _, _ => return some s!"its statement rests on another {next} than the task's"
  return none

def refused (why : String) : Json :=
  Json.mkObj [("refused", Json.str why)]

def audit (taskFile givenFile : System.FilePath) (name : Name) : IO Json := do
  let (task, _) ← load taskFile
  let (given, imports) ← load givenFile
  unless task.imports == given.imports do
    return refused "it does not import what the task imports"
  let base ← importModules imports {}
  if let some why := statementDiffers task given name then
    return refused why
  try
    replay given.constants base
  catch error =>
    return refused s!"the kernel refuses it when asked again: {error}"
  let find (n : Name) : Option ConstantInfo :=
    match given.constants[n]? with
    | some info => some info
    | none => base.find? n
  match axiomsOf find name with
  | .error why => return refused why
  | .ok axioms =>
    -- An axiom that the submission's file declares and the task's does not is an axiom by no one's leave.
    let own := axioms.filter fun n =>
      match given.constants[n]?, task.constants[n]? with
      | none, _ => false
      | some one, some other => !same one other
      | some _, none => true
    unless own.isEmpty do
      return refused s!"it declares the axiom {own[0]!}"
    return Json.mkObj [
      ("kind", Json.str "theorem"),
      ("name", Json.str (toString name)),
      ("axioms", Json.arr (axioms.map fun n => Json.str (toString n))),
      ("lean", Json.str Lean.versionString)]

/-- Arguments: the caller's word, the task's file, the submission's file, the theorem's name. -/
def run (args : List String) : IO UInt32 := do
  match args with
  | [word, taskFile, givenFile, name] =>
    initSearchPath (← findSysroot)
    let said ← audit taskFile givenFile name.toName
    IO.println s!"{word} {said.compress}"
    return 0
  | _ =>
    IO.eprintln "usage: auditor WORD TASK.olean SUBMISSION.olean NAME"
    return 2

end AssayAuditor
