"""The bibliography: what the key of a ``Source`` stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the bibliography."""

    authors: str
    year: int
    title: str
    published: str


REFERENCES: Mapping[str, Reference] = MappingProxyType(
    {
        "adhikari2026": Reference(
            "Ani Adhikari and Jim Pitman", 2026, "Probability for Data Science", "data140.org/textbook"
        ),
        "aliquis2026": Reference("aliquis", 2026, "Snippets: Laplace approximation", "aliquis.net"),
        "bergamin2024": Reference(
            "Federico Bergamin",
            2024,
            "Relation between the vector field and the score function for generative modelling",
            "hackmd.io/@fedbe",
        ),
        "bishop2006": Reference("Christopher M. Bishop", 2006, "Pattern Recognition and Machine Learning", "Springer"),
        "bisht2026": Reference(
            "Rajat Bisht", 2026, "Study notes: reinforcement learning", "rajatbisht.net/study_notes/RL"
        ),
        "breheny2026": Reference("Patrick Breheny", 2026, "7110 wiki", "myweb.uiowa.edu/pbreheny/7110/wiki"),
        "brosse2026": Reference(
            "Nicolas Brosse", 2026, "intro-fm-diffusion", "nbrosse.github.io/posts/intro-fm-diffusion"
        ),
        "burda2016": Reference(
            "Yuri Burda, Roger Grosse and Ruslan Salakhutdinov",
            2016,
            "Importance Weighted Autoencoders",
            "arXiv:1509.00519",
        ),
        "burklight2026": Reference(
            "burklight", 2026, "The Gibbs variational principle and the Donsker-Varadhan lemma", "burklight.github.io"
        ),
        "chen2018": Reference(
            "Ricky T. Q. Chen, Yulia Rubanova, Jesse Bettencourt and David Duvenaud",
            2018,
            "Neural Ordinary Differential Equations",
            "arXiv:1806.07366",
        ),
        "coste2024": Reference(
            "Simon Coste", 2024, "Quadratic exponentials of Gaussian random vectors", "scoste.fr/posts/gaussian_comp"
        ),
        "cover2006": Reference(
            "Thomas M. Cover and Joy A. Thomas", 2006, "Elements of Information Theory, second edition", "Wiley"
        ),
        "data100": Reference(
            "UC Berkeley Data 100 staff",
            2026,
            "Principles and Techniques of Data Science: course notes",
            "ds100.org/course-notes",
        ),
        "data102": Reference(
            "UC Berkeley Data 102 staff", 2023, "Data, Inference, and Decisions: lecture notes", "data102.org/fa23"
        ),
        "degenne2025": Reference(
            "Rémy Degenne and Lorenzo Luccioli",
            2025,
            "Lower bounds for hypothesis testing based on information theory",
            "remydegenne.github.io/testing-lower-bounds",
        ),
        "deisenroth2020": Reference(
            "Marc Peter Deisenroth, A. Aldo Faisal and Cheng Soon Ong",
            2020,
            "Mathematics for Machine Learning",
            "Cambridge University Press; mml-book.com",
        ),
        "dhariwal2021": Reference(
            "Prafulla Dhariwal and Alex Nichol",
            2021,
            "Diffusion Models Beat GANs on Image Synthesis",
            "arXiv:2105.05233",
        ),
        "dillon2017": Reference(
            "Joshua V. Dillon and others",
            2017,
            "TensorFlow Distributions",
            "arXiv:1711.10604; documentation and source of TensorFlow Probability",
        ),
        "dinh2016": Reference(
            "Laurent Dinh, Jascha Sohl-Dickstein and Samy Bengio",
            2016,
            "Density Estimation Using Real NVP",
            "arXiv:1605.08803",
        ),
        "dovrolis2026": Reference(
            "Georgia Institute of Technology", 2026, "CS 7280, Network Science: lectures", "online course, lesson 12"
        ),
        "drdh2026": Reference("drdh", 2026, "rl", "drdh.gitbook.io/rl"),
        "dwaraknath2019": Reference(
            "Rajat Vadiraj Dwaraknath", 2019, "Understanding the Neural Tangent Kernel", "rajatvd.github.io/NTK"
        ),
        "flamary2021": Reference(
            "Rémi Flamary, Nicolas Courty and others",
            2021,
            "POT: Python Optimal Transport",
            "J. Mach. Learn. Res. 22(78), and its documentation",
        ),
        "freeenergy2026": Reference(
            "freeenergy", 2026, "The Performance Difference Lemma in Reinforcement Learning", "freeenergy.blog"
        ),
        "gneiting2017": Reference(
            "Tilmann Gneiting", 2017, "When is the mode functional the Bayes classifier?", "arXiv:1704.08979"
        ),
        "goodfellow2014": Reference(
            "Ian Goodfellow, Jean Pouget-Abadie, Mehdi Mirza and others",
            2014,
            "Generative Adversarial Networks",
            "arXiv:1406.2661",
        ),
        "goodfellow2016": Reference(
            "Ian Goodfellow, Yoshua Bengio and Aaron Courville",
            2016,
            "Deep Learning",
            "MIT Press; deeplearningbook.org",
        ),
        "gpflow2026": Reference("GPflow contributors", 2026, "GPflow: documentation", "gpflow.github.io"),
        "gundersen2019": Reference(
            "Gregory Gundersen", 2019, "Proof of the Cramér–Rao Lower Bound", "gregorygundersen.com/blog"
        ),
        "handa2026": Reference(
            "Ankur Handa", 2026, "Lecture on Policy Gradients", "ankurhanda.github.io/lecture-policy-gradients"
        ),
        "hertrich2025": Reference(
            "Johannes Hertrich, Antonin Chambolle and Julie Delon",
            2025,
            "On the Relation between Rectified Flows and Optimal Transport",
            "arXiv:2505.19712",
        ),
        "heusel2017": Reference(
            "Martin Heusel, Hubert Ramsauer, Thomas Unterthiner, Bernhard Nessler and Sepp Hochreiter",
            2017,
            "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium",
            "arXiv:1706.08500",
        ),
        "hjorthjensen2026": Reference(
            "Morten Hjorth-Jensen",
            2026,
            "Computational Physics Lectures: Statistical physics and the Ising Model",
            "compphysics.github.io/ComputationalPhysics",
        ),
        "ho2020": Reference(
            "Jonathan Ho, Ajay Jain and Pieter Abbeel",
            2020,
            "Denoising Diffusion Probabilistic Models",
            "arXiv:2006.11239",
        ),
        "ho2022": Reference(
            "Jonathan Ho and Tim Salimans", 2022, "Classifier-Free Diffusion Guidance", "arXiv:2207.12598"
        ),
        "hoffman2014": Reference(
            "Matthew D. Hoffman and Andrew Gelman",
            2014,
            "The No-U-Turn Sampler: Adaptively Setting Path Lengths in Hamiltonian Monte Carlo",
            "arXiv:1111.4246",
        ),
        "hyzhao2026": Reference(
            "hyzhao", 2026, "Deep Reinforcement Learning: Policy Gradient and Actor-Critic", "hyzhao.me/deeprl"
        ),
        "jackbenn2026": Reference("jackbenn", 2026, "Data science notebooks", "github.com/jackbenn/ds-notebooks"),
        "jiseung2012": Reference("Jiseung Lee", 2012, "Block matrix inversion", "jiseung.tk"),
        "jurafsky2025": Reference(
            "Daniel Jurafsky and James H. Martin",
            2025,
            "Speech and Language Processing, third edition draft",
            "web.stanford.edu/~jurafsky/slp3",
        ),
        "karras2022": Reference(
            "Tero Karras, Miika Aittala, Timo Aila and Samuli Laine",
            2022,
            "Elucidating the Design Space of Diffusion-Based Generative Models",
            "arXiv:2206.00364, and its code",
        ),
        "kim2024": Reference(
            "Seunghwan Kim and Seungkyu Lee",
            2024,
            "Beta-Sigma VAE: Separating beta and decoder variance in Gaussian variational autoencoder",
            "arXiv:2409.09361",
        ),
        "kingma2013": Reference(
            "Diederik P. Kingma and Max Welling", 2013, "Auto-Encoding Variational Bayes", "arXiv:1312.6114"
        ),
        "kingma2021": Reference(
            "Diederik P. Kingma, Tim Salimans, Ben Poole and Jonathan Ho",
            2021,
            "Variational Diffusion Models",
            "arXiv:2107.00630",
        ),
        "kristiadi2018": Reference(
            "Agustinus Kristiadi", 2018, "Natural Gradient Descent", "wiseodd.github.io/techblog"
        ),
        "kuleshov2025": Reference(
            "Volodymyr Kuleshov and Stefano Ermon",
            2025,
            "Probabilistic Graphical Models: notes for CS 228",
            "ermongroup.github.io/cs228-notes",
        ),
        "lafon2021": Reference(
            "Marc Lafon and Alexandre Thomas", 2021, "Deep double descent explained", "marclafon.github.io"
        ),
        "lambert2026": Reference("Nathan Lambert", 2026, "Reinforcement Learning from Human Feedback", "rlhfbook.com"),
        "lee2025": Reference("Kyungyun Lee", 2025, "Tweedie's formula", "kyungyunlee.github.io/blog"),
        "lewis2010": Reference(
            "Dave Lewis",
            2010,
            "Univariate prior corresponding to weighted sum of L1 and L2 penalties?",
            "MathOverflow 12423",
        ),
        "linglib2026": Reference("linglib contributors", 2026, "Linglib: documentation", "linglib.io/docs"),
        "lippe2024": Reference(
            "Phillip Lippe and others", 2024, "UvA Deep Learning Tutorials", "uvadlc-notebooks.readthedocs.io"
        ),
        "luo2022": Reference(
            "Calvin Luo", 2022, "Understanding Diffusion Models: A Unified Perspective", "arXiv:2208.11970"
        ),
        "mackay2003": Reference(
            "David J. C. MacKay",
            2003,
            "Information Theory, Inference, and Learning Algorithms",
            "Cambridge University Press",
        ),
        "mahajan2026": Reference(
            "Aditya Mahajan", 2026, "Stochastic control: course notes", "adityam.github.io/stochastic-control"
        ),
        "massias2024": Reference("Mathurin Massias", 2024, "The Hutchinson trick", "mathurinm.github.io/hutchinson"),
        "monogioudis2026": Reference(
            "Pantelis Monogioudis", 2026, "Artificial intelligence: lectures", "aegean.ai/aiml-common"
        ),
        "movsisyan2026": Reference("Movsisyan", 2026, "Proof of efficiency of Bernoulli", "movsisyans.com"),
        "murphy2023": Reference(
            "Kevin P. Murphy", 2023, "Probabilistic Machine Learning: Advanced Topics", "MIT Press"
        ),
        "nadavb2026": Reference("nadavb", 2026, "Adam Optimizer", "nadavb.com/Adam-Optimizer-Bias-Correction"),
        "noogram2026": Reference(
            "Noogram Institute", 2026, "Exponential families and stability: cards", "exp-families.noogram-labs.dev"
        ),
        "numerade2026": Reference(
            "Numerade contributors", 2026, "Questions and answers on probability", "numerade.com"
        ),
        "paleyes2019": Reference(
            "Andrei Paleyes, Mark Pullin, Maren Mahsereci and others",
            2019,
            "Emulation of physical processes with Emukit",
            "arXiv:2110.13293; source of the library",
        ),
        "papineni2002": Reference(
            "Kishore Papineni, Salim Roukos, Todd Ward and Wei-Jing Zhu",
            2002,
            "BLEU: a Method for Automatic Evaluation of Machine Translation",
            "ACL",
        ),
        "paszke2019": Reference(
            "Adam Paszke and others",
            2019,
            "PyTorch: An Imperative Style, High-Performance Deep Learning Library",
            "arXiv:1912.01703; documentation of version 2.13",
        ),
        "pedregosa2011": Reference(
            "Fabian Pedregosa and others",
            2011,
            "Scikit-learn: Machine Learning in Python",
            "J. Mach. Learn. Res. 12; documentation of linear_model",
        ),
        "pitie2026": Reference(
            "François Pitié", 2026, "4C16, Deep Learning: lecture notes", "frcs.github.io/4C16-LectureNotes"
        ),
        "planetmath": Reference("PlanetMath contributors", 2008, "Telescoping sum", "planetmath.org/TelescopingSum"),
        "proofwiki2026": Reference("ProofWiki", 2026, "The online compendium of proofs", "proofwiki.org"),
        "quantvault2026": Reference("QuantVault staff", 2026, "Problems with worked solutions", "quantvault.org"),
        "radford2021": Reference(
            "Alec Radford, Jong Wook Kim, Chris Hallacy and others",
            2021,
            "Learning Transferable Visual Models from Natural Language Supervision",
            "arXiv:2103.00020",
        ),
        "redam2026": Reference(
            "redam94", 2026, "Second brain: notes on Bayesian statistics", "redam94.github.io/second-brain"
        ),
        "salimans2022": Reference(
            "Tim Salimans and Jonathan Ho",
            2022,
            "Progressive Distillation for Fast Sampling of Diffusion Models",
            "arXiv:2202.00512",
        ),
        "sargent2026": Reference(
            "Thomas J. Sargent and John Stachurski", 2026, "Quantitative Economics with Python", "quantecon.org"
        ),
        "sargent2026a": Reference(
            "Thomas J. Sargent and John Stachurski",
            2026,
            "A First Course in Quantitative Economics with Python",
            "intro.quantecon.org",
        ),
        "schaeffer2026": Reference(
            "Rylan Schaeffer", 2026, "Normalization in Deep Learning", "rylanschaeffer.github.io/content/learning"
        ),
        "schumacher2020": Reference(
            "Aaron Schumacher",
            2020,
            "Definitional and Computational Sum of Squares are equal",
            "planspace.org/20200927-definitional_and_computational_sum_of_squares_are_equal",
        ),
        "shi2020": Reference(
            "Yuge Shi",
            2020,
            "How I learned to stop worrying and write ELBO (and its gradients) in a billion ways",
            "yugeten.github.io",
        ),
        "silva2016": Reference(
            "Eliezer Silva", 2016, "Hidden Markov Models, part II", "a post in two parts on filtering and smoothing"
        ),
        "smith2011": Reference(
            "Julius O. Smith", 2011, "Spectral Audio Signal Processing", "ccrma.stanford.edu/~jos/sasp"
        ),
        "soch2020": Reference(
            "Joram Soch and others", 2020, "The Book of Statistical Proofs", "statproofbook.github.io"
        ),
        "song2019": Reference(
            "Yang Song and Stefano Ermon",
            2019,
            "Generative Modeling by Estimating Gradients of the Data Distribution",
            "arXiv:1907.05600",
        ),
        "song2019a": Reference(
            "Yang Song",
            2019,
            "Sliced Score Matching: A Scalable Approach to Density and Score Estimation",
            "yang-song.net/blog/2019/ssm",
        ),
        "song2020": Reference(
            "Jiaming Song, Chenlin Meng and Stefano Ermon",
            2020,
            "Denoising Diffusion Implicit Models",
            "arXiv:2010.02502",
        ),
        "song2021": Reference(
            "Yang Song, Jascha Sohl-Dickstein, Diederik P. Kingma, Abhishek Kumar, Stefano Ermon and Ben Poole",
            2021,
            "Score-Based Generative Modeling through Stochastic Differential Equations",
            "arXiv:2011.13456",
        ),
        "song2023": Reference(
            "Yang Song, Prafulla Dhariwal, Mark Chen and Ilya Sutskever",
            2023,
            "Consistency Models",
            "arXiv:2303.01469, and its code",
        ),
        "stackexchange": Reference(
            "Stack Exchange",
            2026,
            "Questions and answers on mathematics and statistics",
            "math.stackexchange.com, stats.stackexchange.com and sites beside them",
        ),
        "stan2026": Reference(
            "Stan Development Team", 2026, "Stan User's Guide and Reference Manual", "mc-stan.org/docs"
        ),
        "sutton2018": Reference(
            "Richard S. Sutton and Andrew G. Barto",
            2018,
            "Reinforcement Learning: An Introduction, second edition",
            "MIT Press",
        ),
        "suzuki2021": Reference(
            "Masahiro Suzuki, Takaaki Kaneko and Yutaka Matsuo",
            2021,
            "Pixyz: a Python library for developing deep generative models",
            "arXiv:2107.13109; documentation of the library",
        ),
        "tao2022": Reference(
            "Terence Tao",
            2022,
            "An improvement to Bennett's inequality for the Poisson distribution",
            "terrytao.wordpress.com",
        ),
        "tfp2026": Reference(
            "TensorFlow Probability contributors",
            2026,
            "TensorFlow Probability: documentation",
            "tensorflow.org/probability",
        ),
        "thiery2026": Reference("Alexandre Thiéry", 2026, "Notes: Girsanov", "alexxthiery.github.io/notes/girsanov"),
        "tomczak2022": Reference(
            "Jakub M. Tomczak", 2022, "Deep Generative Modeling: posts", "jmtomczak.github.io/blog"
        ),
        "une2026": Reference(
            "University of New England staff",
            2026,
            "STAT354, Distribution theory and statistical inference: lecture notes",
            "turing.une.edu.au/~stat354",
        ),
        "vieira2014": Reference(
            "Tim Vieira",
            2014,
            "Graduate Descent: Gumbel-max trick and weighted reservoir sampling",
            "timvieira.github.io/blog",
        ),
        "virtanen2020": Reference(
            "Pauli Virtanen and others",
            2020,
            "SciPy 1.0: Fundamental Algorithms for Scientific Computing in Python",
            "Nature Methods 17; documentation and source of the library",
        ),
        "weng2021": Reference("Lilian Weng", 2021, "Lil'Log", "lilianweng.github.io"),
        "wentworth2019": Reference("John Wentworth", 2019, "From Laplace to BIC", "lesswrong.com"),
        "whatandwhy2026": Reference("whatandwhy contributors", 2026, "What and why", "whatandwhy.net/why"),
        "wikipedia": Reference("Wikipedia contributors", 2026, "Wikipedia, the free encyclopedia", "en.wikipedia.org"),
        "wu2016": Reference("Zhenke Wu", 2016, "BIOSTAT 830: lecture notes", "zhenkewu.com/teaching"),
        "yeh2019": Reference(
            "Chris Yeh", 2019, "Bias-Variance Decomposition of Mean Squared Error", "chrisyeh96.github.io"
        ),
        "zhang2023": Reference(
            "Aston Zhang, Zachary C. Lipton, Mu Li and Alexander J. Smola",
            2023,
            "Dive into Deep Learning",
            "Cambridge University Press; d2l.ai",
        ),
        "zhang2023a": Reference(
            "Tong Zhang", 2023, "Mathematical Analysis of Machine Learning Algorithms", "Cambridge University Press"
        ),
    }
)
