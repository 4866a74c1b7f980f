(window.labbookSearchTexts=window.labbookSearchTexts||{})["e1af5428"]=[
"Open a file, then read_to_string gives its whole content. Reading twice needs a second handle.",
"A missing file is an error of kind NotFound. Don't ignore it; it's the caller's to handle.",
"Allocators allocate. Allocation of zero bytes is no allocation at all.",
"MaybeUninit holds what may not be written yet. HTTPServer, ZSTs, utf8Error and __init__ are words too.",
"A loop goes on for each element.",
"Rust语言没有垃圾回收。変数を束縛する。스레드 안전성. ภาษาไทย",
"Un café crème, naïve Straße, ΣΊΣΥΦΟΣ, 𝔘𝔫𝔦, été, हिन्दी, 0xdead_beef, 🦀 crab, back\\slash, </script>."];
