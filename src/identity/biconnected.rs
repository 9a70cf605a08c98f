//! Which edges of an undirected graph lie on a simple circle together (Hopcroft and Tarjan: Algorithm 447, Communications
//! of the ACM 16, 1973). [`Identity`](crate::identity::Identity) asks it which judgements are in conflict.
#![expect(
    clippy::indexing_slicing,
    reason = "vertices and edges are numbered from 0 by the caller"
)]

/// A vertex on the way from the root, the edge by which it was reached, and its edges that were not looked at yet.
struct Visit<'e> {
    vertex: usize,
    by: Option<usize>,
    edges: std::slice::Iter<'e, usize>,
}

/// Returns for each edge the number of its block: two edges have one number exactly if a circle that visits no vertex
/// twice goes through both. The ends of edges are below `vertices`. Several edges may join the same two vertices; no edge
/// joins a vertex to itself.
pub(crate) fn blocks(vertices: usize, edges: &[[usize; 2]]) -> Vec<usize> {
    let mut edges_of: Vec<Vec<usize>> = vec![Vec::new(); vertices];
    for (edge, &[one, other]) in edges.iter().enumerate() {
        edges_of[one].push(edge);
        edges_of[other].push(edge);
    }
    // The depth of each vertex on the way on which it was first reached, from 1; and the least depth that can be reached
    // from below it by one edge that leads back.
    let (mut depths, mut lows) = (vec![0usize; vertices], vec![0usize; vertices]);
    let (mut numbers, mut count) = (vec![0; edges.len()], 0);
    let mut open: Vec<usize> = Vec::new();
    for root in 0..vertices {
        if depths[root] != 0 {
            continue;
        }
        (depths[root], lows[root]) = (1, 1);
        let mut way = vec![Visit { vertex: root, by: None, edges: edges_of[root].iter() }];
        while let Some(Visit { vertex, by, edges: rest }) = way.last_mut() {
            let (vertex, by) = (*vertex, *by);
            if let Some(&edge) = rest.next() {
                let [one, other] = edges[edge];
                let next = if one == vertex { other } else { one };
                if depths[next] == 0 {
                    (depths[next], lows[next]) = (depths[vertex] + 1, depths[vertex] + 1);
                    open.push(edge);
                    way.push(Visit { vertex: next, by: Some(edge), edges: edges_of[next].iter() });
                } else if Some(edge) != by && depths[next] < depths[vertex] {
                    open.push(edge);
                    lows[vertex] = lows[vertex].min(depths[next]);
                }
                continue;
            }
            way.pop();
            let (Some(above), Some(by)) = (way.last().map(|above| above.vertex), by) else {
                continue;
            };
            lows[above] = lows[above].min(lows[vertex]);
            if lows[vertex] >= depths[above] {
                // No edge from below leads past the vertex above, so the block ends here.
                while let Some(edge) = open.pop() {
                    numbers[edge] = count;
                    if edge == by {
                        break;
                    }
                }
                count += 1;
            }
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a circle without repeated vertices goes through both edges, by trying all ways.
    fn on_one_circle(vertices: usize, edges: &[[usize; 2]], a: usize, b: usize) -> bool {
        fn search(
            at: usize,
            goal: usize,
            edges: &[[usize; 2]],
            b: usize,
            seen: &mut Vec<usize>,
            used: &mut Vec<usize>,
        ) -> bool {
            if at == goal {
                return used.contains(&b);
            }
            for (edge, &[one, other]) in edges.iter().enumerate() {
                let next = if one == at { other } else { one };
                if (one == at || other == at) && !used.contains(&edge) && !seen.contains(&next) {
                    seen.push(next);
                    used.push(edge);
                    if search(next, goal, edges, b, seen, used) {
                        return true;
                    }
                    seen.pop();
                    used.pop();
                }
            }
            false
        }
        let _ = vertices;
        let [start, goal] = edges[a];
        a == b || search(start, goal, edges, b, &mut vec![start], &mut vec![a])
    }

    #[test]
    fn two_edges_are_of_one_block_if_a_simple_circle_goes_through_both() {
        // A small generator of numbers, so that the graphs are the same in every run.
        let mut state = 7u32;
        let mut number = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize % below
        };
        for _ in 0..400 {
            let vertices = 2 + number(5);
            let mut edges = Vec::new();
            for _ in 0..number(9) {
                let ends = [number(vertices), number(vertices)];
                if ends[0] != ends[1] {
                    edges.push(ends);
                }
            }
            let numbers = blocks(vertices, &edges);
            for a in 0..edges.len() {
                for b in 0..edges.len() {
                    let expected = on_one_circle(vertices, &edges, a, b);
                    assert_eq!(numbers[a] == numbers[b], expected, "{edges:?} {a} {b}");
                }
            }
        }
    }
}
