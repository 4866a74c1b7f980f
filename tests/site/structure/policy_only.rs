//! What runs in the browser must do without std. A native build has std at hand and accepts its `ln` and its clock by
//! accident, so the libraries of the labs are compiled once more without their native half, in a folder of their own.

use std::process::Command;

use super::repository;

#[test]
fn the_libraries_of_the_labs_compile_without_their_native_half() {
    let root = env!("CARGO_MANIFEST_DIR");
    let packages = repository::packages();
    let in_browser = |name: &&str| name.starts_with("lab-") || *name == "replay";
    let names = packages.iter().map(|package| package.name.as_str());
    let names: Vec<&str> = names.filter(in_browser).collect();
    assert!(names.contains(&"lab-03"), "{names:?}");
    let packages = names.iter().flat_map(|name| ["--package", name]);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--locked", "--lib"])
        .args(packages)
        .args(["--target-dir", &format!("{root}/target/policy-only")])
        .env("RUSTFLAGS", "--cfg policy_only")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .current_dir(root)
        .output()
        .expect("cargo runs these tests");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
