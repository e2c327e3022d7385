//! Choosing by numbers, so that a history can be drawn and shrunk as a list of them.

/// Numbers to choose by, taken off one after another.
pub(super) struct Lots(pub(super) u32);

impl Lots {
    pub(super) fn pick(&mut self, of: usize) -> usize {
        let of_u32 = u32::try_from(of).expect("few");
        let picked = self.0 % of_u32;
        self.0 /= of_u32;
        picked as usize
    }

    pub(super) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.pick(of.len())]
    }

    /// True once in so many times.
    pub(super) fn seldom(&mut self, of: usize) -> bool {
        self.pick(of) == of - 1
    }
}

/// Something that chooses: the lots of a step, or always the first.
pub(super) trait Choice {
    /// One of so many.
    fn choose(&mut self, of: usize) -> usize;
}

impl Choice for Lots {
    fn choose(&mut self, of: usize) -> usize {
        self.pick(of)
    }
}
