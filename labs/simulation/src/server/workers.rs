//! The workers of a server and what each is doing.

use alloc::vec::Vec;

use super::{Ticket, Work};

/// The first worker stands in the server itself: most servers have no other, and a pool of ten thousand would otherwise
/// fetch one more piece of memory for each event.
#[derive(Debug, Clone, Hash)]
pub(super) struct Workers<J> {
    first: Option<Work<J>>,
    others: Vec<Option<Work<J>>>,
}

impl<J> Workers<J> {
    /// So many, at least one, and all free.
    pub(super) fn new(count: u32) -> Workers<J> {
        Workers {
            first: None,
            others: (1..count).map(|_| None).collect(),
        }
    }

    pub(super) fn count(&self) -> u32 {
        self.others.len() as u32 + 1
    }

    /// From now on so many, at least one. What those beyond were doing.
    pub(super) fn resize(&mut self, count: u32) -> Vec<Work<J>> {
        let others = count as usize - 1;
        let kept = others.min(self.others.len());
        let dismissed = self.others.drain(kept..).flatten().collect();
        self.others.resize_with(others, || None);
        dismissed
    }

    /// What each is doing.
    pub(super) fn iter(&self) -> impl Iterator<Item = Option<&Work<J>>> {
        let others = self.others.iter().map(Option::as_ref);
        core::iter::once(self.first.as_ref()).chain(others)
    }

    /// The first that is free.
    #[inline]
    pub(super) fn free(&self) -> Option<u32> {
        if self.first.is_none() {
            return Some(0);
        }
        let place = self.others.iter().position(Option::is_none)?;
        Some(place as u32 + 1)
    }

    /// One that is free begins with a job.
    #[inline]
    pub(super) fn begin(&mut self, worker: u32, work: Work<J>) {
        if let Some(place) = self.place(worker) {
            *place = Some(work);
        }
    }

    /// The work that a ticket names, taken from its worker; `None` if the worker does something else by now.
    #[inline]
    pub(super) fn take(&mut self, ticket: Ticket) -> Option<Work<J>> {
        self.place(ticket.worker)?
            .take_if(|work| work.number == ticket.number)
    }

    /// All work, in the order of the workers.
    pub(super) fn take_all(&mut self) -> impl Iterator<Item = Work<J>> {
        let others = self.others.iter_mut();
        core::iter::once(&mut self.first)
            .chain(others)
            .filter_map(Option::take)
    }

    #[inline]
    fn place(&mut self, worker: u32) -> Option<&mut Option<Work<J>>> {
        match worker {
            0 => Some(&mut self.first),
            _ => self.others.get_mut(worker as usize - 1),
        }
    }
}
