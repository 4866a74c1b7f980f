//! A module as a classic script: one call with the module's bytes, compressed and in letters. Pages opened from files may
//! load scripts, but no other data.

use std::io::Write;
use std::panic::resume_unwind;
use std::thread;

use base64::prelude::{BASE64_STANDARD, Engine};
use lzma_rust2::{LzmaOptions, LzmaWriter};
use xxhash_rust::xxh3::xxh3_64;

use super::module::Module;

impl Module {
    /// The script's name in the site: it carries a digest, so that a browser may keep it for ever.
    pub fn script_name(&self) -> String {
        format!(
            "figures-{:08x}.js",
            xxh3_64(self.script().as_bytes()) as u32
        )
    }

    /// `labbook.figures("…")`: base64 (RFC 4648) of the module as an `.lzma` file. theme/scripts/figure/05-unpack.js reads it.
    pub fn script(&self) -> &str {
        self.script.get_or_init(|| {
            let compressed = with_room(|| compressed(self.bytes()));
            let compressed = compressed.expect("memory can be written");
            format!(
                "labbook.figures(\"{}\");\n",
                BASE64_STANDARD.encode(compressed)
            )
        })
    }
}

/// The compressor keeps its tables on the stack, and a worker's is too small for them.
const STACK_BYTES: usize = 16 << 20;

fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let builder = thread::Builder::new().stack_size(STACK_BYTES);
    thread::scope(|scope| {
        let worker = builder.spawn_scoped(scope, work);
        let worker = worker.expect("a thread can be started");
        worker.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// As an `.lzma` file whose length is known: LZMA makes modules a sixth smaller than deflate, and a reader's browser unpacks
/// it with a hundred lines of script.
fn compressed(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let options = LzmaOptions {
        // The longest search there is; it is made once for each change of a figure.
        nice_len: 273,
        depth_limit: 1_000,
        // Instructions are bytes: their place in a word says nothing.
        pb: 0,
        ..LzmaOptions::with_preset(9)
    };
    let length = Some(bytes.len() as u64);
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, length)?;
    writer.write_all(bytes)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{compressed, with_room};

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        let bytes: Vec<u8> = (0..100_000_u32)
            .map(|n| (n.wrapping_mul(n) >> 7) as u8)
            .collect();
        let packed = with_room(|| compressed(&bytes)).unwrap();
        let mut reader =
            lzma_rust2::LzmaReader::new_mem_limit(&packed[..], u32::MAX, None).unwrap();
        let mut unpacked = Vec::new();
        reader.read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, bytes);
    }
}
