//! A figure that was opened: a module's instance in wasmi, with an end to its time and its memory.

use wasmi::{
    Instance as WasmInstance, Memory, Store, StoreLimits, StoreLimitsBuilder, TrapCode, WasmParams,
    WasmResults,
};

use super::block::Opening;
use super::module::Module;

/// The most that one call may do, in instructions as wasmi counts them: a second or so. A page has a few milliseconds.
const FUEL_PER_CALL: u64 = 200_000_000;

/// The most memory of one instance.
const MEMORY_MAX: usize = 64 << 20;

/// The most that is simulated in one call.
const CALL_MS_MAX: u32 = 1000;

/// An instance of a module. What goes wrong is a sentence without its subject: `stops with a trap …`.
pub(super) struct Instance {
    store: Store<StoreLimits>,
    instance: WasmInstance,
    memory: Memory,
}

impl Instance {
    pub(super) fn of(module: &Module) -> Result<Instance, String> {
        let limits = StoreLimitsBuilder::new().memory_size(MEMORY_MAX);
        let limits = limits.trap_on_grow_failure(true).build();
        let mut store = Store::new(&module.engine, limits);
        store.limiter(|limits| limits);
        refuel(&mut store);
        let instance = WasmInstance::new(&mut store, &module.compiled, &[])
            .map_err(|error| format!("can't be started: {error}"))?;
        let memory = instance
            .get_memory(&store, "memory")
            .ok_or("exports no `memory`")?;
        Ok(Instance {
            store,
            instance,
            memory,
        })
    }

    /// Calls a function.
    fn call<P: WasmParams, R: WasmResults>(
        &mut self,
        name: &str,
        parameters: P,
    ) -> Result<R, String> {
        refuel(&mut self.store);
        let function = self
            .instance
            .get_typed_func::<P, R>(&self.store, name)
            .map_err(|error| format!("exports another `{name}`: {error}"))?;
        let result = function.call(&mut self.store, parameters);
        result.map_err(|error| Self::reason(name, &error))
    }

    /// Why a call came to no end.
    fn reason(name: &str, error: &wasmi::Error) -> String {
        match error.as_trap_code() {
            Some(TrapCode::OutOfFuel) => format!(
                "does not come to an end in `{name}`, after {} million instructions",
                FUEL_PER_CALL / 1_000_000
            ),
            Some(TrapCode::GrowthOperationLimited) => {
                let most = MEMORY_MAX >> 20;
                format!("wants more than {most} MiB of memory in `{name}`")
            }
            Some(TrapCode::UnreachableCodeReached) => {
                format!("traps in `{name}`: the code panics there")
            }
            _ => format!("traps in `{name}`: {error}"),
        }
    }

    /// Calls a function that answers, and reads the answer as text.
    pub(super) fn answer(
        &mut self,
        name: &str,
        parameters: impl WasmParams,
    ) -> Result<String, String> {
        let length: i32 = self.call(name, parameters)?;
        let start: i32 = self.call("figure_output", ())?;
        let (start, length) = (start as u32 as usize, length as u32 as usize);
        let data = self.memory.data(&self.store);
        let bytes = start
            .checked_add(length)
            .and_then(|end| data.get(start..end))
            .ok_or_else(|| {
                format!("answers `{name}` with {length} bytes that are not in its memory")
            })?;
        String::from_utf8(bytes.to_vec())
            .map_err(|_| format!("answers `{name}` with what is no UTF-8"))
    }

    /// Puts text into the input buffer; its length.
    fn input(&mut self, text: &str) -> Result<i32, String> {
        let length = i32::try_from(text.len()).map_err(|_| "gets too much text")?;
        let start: i32 = self.call("figure_input", length)?;
        if start == 0 {
            return Err(format!("has no room for {length} bytes of input"));
        }
        self.memory
            .write(&mut self.store, start as u32 as usize, text.as_bytes())
            .map_err(|_| "gives room for input outside its memory")?;
        Ok(length)
    }
}

fn refuel(store: &mut Store<StoreLimits>) {
    store
        .set_fuel(FUEL_PER_CALL)
        .expect("the engine of a module counts fuel");
}

/// One figure that was opened.
pub struct Run {
    instance: Instance,
    handle: i32,
    time_ms: u32,
}

impl Run {
    /// Opens a figure at its time 0.
    ///
    /// # Errors
    /// What the module says, or what it does wrong.
    pub fn open(module: &Module, opening: &Opening) -> Result<Run, String> {
        let mut instance = Instance::of(module)?;
        let length = instance.input(&opening.input())?;
        let handle: i32 = instance.call("figure_open", length)?;
        if handle < 0 {
            let problem = instance.answer("figure_problem", ())?;
            return Err(format!("can't be opened: {problem}"));
        }
        Ok(Run {
            instance,
            handle,
            time_ms: 0,
        })
    }

    /// Goes to a later time.
    ///
    /// # Errors
    /// What the module does wrong on the way, and when.
    pub fn advance_to(&mut self, ms: u32) -> Result<(), String> {
        while self.time_ms < ms {
            let step = (ms - self.time_ms).min(CALL_MS_MAX);
            self.instance
                .call::<_, ()>("figure_step", (self.handle, step as i32))?;
            self.time_ms += step;
        }
        Ok(())
    }

    /// The whole picture as it is now.
    ///
    /// # Errors
    /// What the module does wrong.
    pub fn svg(&mut self) -> Result<String, String> {
        self.instance.answer("figure_svg", self.handle)
    }

    /// The state in one sentence.
    ///
    /// # Errors
    /// What the module does wrong.
    pub fn summary(&mut self) -> Result<String, String> {
        self.instance.answer("figure_summary", self.handle)
    }

    /// The state as a table: caption, heads, rows, with tabs between.
    ///
    /// # Errors
    /// What the module does wrong.
    pub fn table(&mut self) -> Result<String, String> {
        self.instance.answer("figure_table", self.handle)
    }

    /// A digest of the state, as 16 hexadecimal digits.
    ///
    /// # Errors
    /// What the module does wrong.
    pub fn digest(&mut self) -> Result<String, String> {
        self.instance.answer("figure_digest", self.handle)
    }
}
