//! Every reason to refuse a message.

use std::fmt;

/// Why a message is refused. Of a request, [`status`](Refusal::status) is the answer; of a response, the answer is 502.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "`what` says it, variant by variant")]
pub enum Refusal {
    BareCarriageReturn,
    BareLineFeed,
    HeadTooLarge,
    TooManyHeaders,
    RequestLine,
    StatusLine,
    Version,
    Target,
    Method,
    HeaderName,
    HeaderValue,
    HostMissing,
    HostRepeated,
    HostInvalid,
    HostDiffers,
    ContentLengthRepeated,
    ContentLengthInvalid,
    TransferEncodingRepeated,
    TransferEncodingUnknown,
    TransferEncodingWithLength,
    TransferEncodingInVersion10,
    BodyTooLarge,
    ChunkSize,
    ChunkLineTooLarge,
    ChunkExtension,
    ChunkEnd,
    Trailer,
    TrailerTooLarge,
    Expectation,
    UnaskedSwitch,
    Truncated,
}

impl Refusal {
    /// The status that answers such a request.
    pub fn status(self) -> u16 {
        match self {
            Refusal::BodyTooLarge => 413,
            Refusal::Expectation => 417,
            Refusal::HeadTooLarge | Refusal::TooManyHeaders | Refusal::TrailerTooLarge => 431,
            Refusal::Method => 501,
            Refusal::Version => 505,
            _ => 400,
        }
    }

    /// What is wrong, in a few words.
    pub fn reason(self) -> &'static str {
        match self {
            Refusal::BareCarriageReturn => "a carriage return without a line feed",
            Refusal::BareLineFeed => "a line feed without a carriage return",
            Refusal::HeadTooLarge => "the head is too large",
            Refusal::TooManyHeaders => "too many header lines",
            Refusal::RequestLine => "not a request line",
            Refusal::StatusLine => "not a status line",
            Refusal::Version => "neither HTTP/1.1 nor HTTP/1.0",
            Refusal::Target => "not a request target",
            Refusal::Method => "this method is not served",
            Refusal::HeaderName => "a header line without a proper name",
            Refusal::HeaderValue => "a header value with forbidden bytes",
            Refusal::HostMissing => "no Host",
            Refusal::HostRepeated => "more than one Host",
            Refusal::HostInvalid => "not a host name",
            Refusal::HostDiffers => "Host differs from the request target",
            Refusal::ContentLengthRepeated => "more than one Content-Length",
            Refusal::ContentLengthInvalid => "Content-Length is not a number",
            Refusal::TransferEncodingRepeated => "more than one Transfer-Encoding",
            Refusal::TransferEncodingUnknown => "Transfer-Encoding is not chunked",
            Refusal::TransferEncodingWithLength => "Transfer-Encoding beside Content-Length",
            Refusal::TransferEncodingInVersion10 => "Transfer-Encoding in HTTP/1.0",
            Refusal::BodyTooLarge => "the body is too large",
            Refusal::ChunkSize => "not a chunk size",
            Refusal::ChunkLineTooLarge => "a chunk's first line is too large",
            Refusal::ChunkExtension => "a chunk extension with forbidden bytes",
            Refusal::ChunkEnd => "a chunk that does not end where its size says",
            Refusal::Trailer => "not a trailer line",
            Refusal::TrailerTooLarge => "the trailer section is too large",
            Refusal::Expectation => "an expectation other than 100-continue",
            Refusal::UnaskedSwitch => "101 without a request to switch",
            Refusal::Truncated => "the connection ended inside the message",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(self.reason())
    }
}

impl std::error::Error for Refusal {}
