//! Disjoint sets whose root is their smallest member.

/// Positions 0 to n-1, in sets.
#[derive(Clone, Debug)]
pub(crate) struct Sets(Vec<u32>);

impl Sets {
    pub(crate) fn new(n: usize) -> Self {
        Self((0..n as u32).collect())
    }

    /// The smallest member of the set.
    pub(crate) fn root(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let up = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = up;
            at = up;
        }
        at
    }

    /// Joins two sets; tells whether they were apart.
    pub(crate) fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
        a != b
    }

    pub(crate) fn join_all(&mut self, members: &[u32]) {
        for pair in members.windows(2) {
            self.join(pair[0], pair[1]);
        }
    }

    /// The root of every position.
    pub(crate) fn roots(mut self) -> Vec<u32> {
        (0..self.0.len() as u32).map(|at| self.root(at)).collect()
    }
}

/// The sets as lists of their members, by smallest member, members ascending.
pub(crate) fn members_of(roots: &[u32]) -> Vec<Vec<u32>> {
    let mut place = vec![u32::MAX; roots.len()];
    let mut sets: Vec<Vec<u32>> = Vec::new();
    for (at, &root) in roots.iter().enumerate() {
        if place[root as usize] == u32::MAX {
            place[root as usize] = sets.len() as u32;
            sets.push(Vec::new());
        }
        sets[place[root as usize] as usize].push(at as u32);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_smallest() {
        let mut sets = Sets::new(6);
        assert!(sets.join(5, 3));
        assert!(sets.join(3, 1));
        assert!(!sets.join(1, 5));
        let roots = sets.roots();
        assert_eq!(roots, [0, 1, 2, 1, 4, 1]);
        assert_eq!(
            members_of(&roots),
            [vec![0], vec![1, 3, 5], vec![2], vec![4]]
        );
    }
}
