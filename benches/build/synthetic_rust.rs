//! Rust that nobody wrote, with the variety of a book's: structs, enums, traits, generics, closures, async, tests, comments,
//! texts with escapes, hidden lines. No two blocks are alike, so that nothing gains by remembering them.

use std::fmt::Write as _;

use super::random::{Random, Words};

/// About `lines` lines of Rust.
pub(crate) fn rust(words: &Words, random: &mut Random, lines: usize) -> String {
    let mut code = String::new();
    if random.chance(25) {
        let _ = writeln!(
            code,
            "# // Hidden from the reader.\n# use std::collections::HashMap;\n#"
        );
    }
    let items = [
        structure,
        enumeration,
        behaviour,
        function,
        closures,
        concurrent,
        test,
        main,
    ];
    while code.lines().count() < lines {
        let item = items[random.below(items.len())];
        item(words, random, &mut code);
    }
    code
}

fn structure(words: &Words, random: &mut Random, code: &mut String) {
    let (name, field) = (words.type_name(random), words.variable(random));
    let (other, method) = (words.variable(random), words.variable(random));
    let number = random.below(9_000);
    let _ = writeln!(
        code,
        "/// Holds the `{field}` of one {other}.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct {name}<'a, T: Clone> {{
    {field}: Vec<T>,
    {other}: Option<&'a str>,
    pub(crate) count: u{width},
}}

impl<'a, T: Clone> {name}<'a, T> {{
    pub(crate) fn {method}(&mut self, value: T) -> Result<usize, String> {{
        self.{field}.push(value);
        self.count += {number}; // no more than that
        Ok(self.{field}.len())
    }}
}}
",
        width = random.pick(&["8", "16", "32", "64"]),
    );
}

fn enumeration(words: &Words, random: &mut Random, code: &mut String) {
    let name = words.type_name(random);
    let (first, second, third) = (
        words.type_name(random),
        words.type_name(random),
        words.type_name(random),
    );
    let function = words.variable(random);
    let _ = writeln!(
        code,
        "enum {name} {{
    {first},
    {second} {{ x: i32, y: i32 }},
    {third}(String, f64),
}}

fn {function}(message: &{name}) -> u8 {{
    match message {{
        {name}::{first} => 1,
        {name}::{second} {{ x, .. }} if *x > {limit} => 5,
        {name}::{second} {{ x, y }} => (x + y) as u8,
        {name}::{third}(text, ratio) => {{
            println!(\"{third}: {{text}} at {{ratio:.2}}\\n\");
            b'{letter}'
        }}
    }}
}}
",
        limit = random.below(500),
        letter = random.pick(&["a", "q", "z", "7"]),
    );
}

fn behaviour(words: &Words, random: &mut Random, code: &mut String) {
    let (name, kind) = (words.type_name(random), words.type_name(random));
    let method = words.variable(random);
    let _ = writeln!(
        code,
        "pub trait {name} {{
    const LIMIT: usize = 0x{limit:x}_u64 as usize;

    /* Every {kind} must say this itself. */
    fn {method}(&self) -> String;

    fn shown(&self) -> String {{
        format!(\"({{}} …)\", self.{method}())
    }}
}}

impl {name} for {kind} {{
    fn {method}(&self) -> String {{
        self.headline.to_string()
    }}
}}
",
        limit = random.below(70_000),
    );
}

fn function(words: &Words, random: &mut Random, code: &mut String) {
    let (name, list) = (words.variable(random), words.variable(random));
    let (item, best) = (words.variable(random), words.variable(random));
    let _ = writeln!(
        code,
        "fn {name}<T>({list}: &[T]) -> &T
where
    T: PartialOrd,
{{
    let mut {best} = &{list}[0];

    for {item} in {list} {{
        if {item} > {best} {{
            {best} = {item};
        }}
    }}

    {best}
}}
"
    );
}

fn closures(words: &Words, random: &mut Random, code: &mut String) {
    let (values, total) = (words.variable(random), words.variable(random));
    let numbers: Vec<String> = (0..3 + random.below(5))
        .map(|_| random.below(1_000).to_string())
        .collect();
    let _ = writeln!(
        code,
        "let {values} = vec![{}];
let {total}: i64 = {values}
    .iter()
    .filter(|value| **value % {} == 0)
    .map(|value| i64::from(*value) * {}.5 as i64)
    .sum();
assert_eq!({total}, {}, \"the {} was {{}}\", {total});
",
        numbers.join(", "),
        2 + random.below(7),
        random.below(90),
        random.below(100_000),
        words.rare(random),
    );
}

fn concurrent(words: &Words, random: &mut Random, code: &mut String) {
    let (fetch, answer) = (words.variable(random), words.variable(random));
    let (sender, message) = (words.variable(random), words.prose(random));
    let _ = writeln!(
        code,
        "async fn {fetch}(url: &str) -> Result<String, Box<dyn std::error::Error>> {{
    let {answer} = trpl::get(url).await?.text().await;
    let ({sender}, receiver) = std::sync::mpsc::channel::<String>();
    std::thread::spawn(move || {{
        let text = String::from(\"{message} \\\"quoted\\\" \\u{{e9}}\");
        {sender}.send(text).unwrap();
    }});
    while let Ok(received) = receiver.recv() {{
        print!(\"Got: {{received:?}}\");
    }}
    Ok({answer})
}}
"
    );
}

fn test(words: &Words, random: &mut Random, code: &mut String) {
    let (module, name) = (words.variable(random), words.variable(random));
    let _ = writeln!(
        code,
        "#[cfg(test)]
mod {module} {{
    use super::*;

    #[test]
    #[should_panic(expected = \"less than or equal to {}\")]
    fn {name}() {{
        let result = add_{name}(2, {});
        assert!(matches!(result, Some(1..=9)));
    }}
}}
",
        random.below(1_000),
        random.below(1_000),
    );
}

fn main(words: &Words, random: &mut Random, code: &mut String) {
    let (guess, secret) = (words.variable(random), words.variable(random));
    let _ = writeln!(
        code,
        "fn main() {{
    // {} {} {}
    let {secret} = rand::thread_rng().gen_range(1..={});
    let mut {guess} = String::new();
    io::stdin().read_line(&mut {guess}).expect(\"Failed to read\");

    let {guess}: u32 = match {guess}.trim().parse() {{
        Ok(number) => number,
        Err(_) => return,
    }};
    println!(\"You guessed: {{{guess}}} of {{}}\", {secret});
}}
",
        words.prose(random),
        words.prose(random),
        words.rare(random),
        random.below(10_000),
    );
}
