mod systems;
use std::time::Instant;
fn main() {
    let a: Vec<u64> = std::env::args()
        .skip(1)
        .filter_map(|x| x.parse().ok())
        .collect();
    let t = Instant::now();
    let o = systems::run(a[0] as u32, a[1], a[2]);
    let s = t.elapsed().as_secs_f64();
    println!(
        "{} {} mean {} little {} : {:.3}s {:.2} M events/s {:.1} ns",
        a[0],
        o.answered,
        o.latency_mean.as_micros(),
        o.little_error_permille,
        s,
        2e-6 * a[2] as f64 / s,
        s * 1e9 / (2.0 * a[2] as f64)
    );
    println!(
        "{}",
        std::fs::read_to_string("/proc/self/status")
            .unwrap()
            .lines()
            .find(|l| l.starts_with("VmHWM"))
            .unwrap()
    );
}
